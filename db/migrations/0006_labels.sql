DROP INDEX "label_name";--> statement-breakpoint
CREATE INDEX "label_account" ON "label" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "message_label_label" ON "message_label" USING btree ("label_id","message_id") WHERE "message_label"."ended_at" is null;