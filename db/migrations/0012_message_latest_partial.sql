DROP INDEX "message_latest";--> statement-breakpoint
CREATE INDEX "message_latest" ON "message" USING btree ("account_id","at","id") WHERE "message"."deleted_at" is null;