ALTER TABLE "portal_chat" ADD COLUMN "moved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "portal_message" ADD COLUMN "stands" text;--> statement-breakpoint
CREATE INDEX "portal_delivery_stands" ON "portal_delivery" USING btree ("portal_id") WHERE "portal_delivery"."state" in ('failed', 'unconfirmed');--> statement-breakpoint
CREATE INDEX "portal_message_stands" ON "portal_message" USING btree ("portal_id","created_at") WHERE "portal_message"."stands" is not null;--> statement-breakpoint
CREATE INDEX "portal_event_stands" ON "portal_event" USING btree ("portal_id","at") WHERE "portal_event"."state" = 'waiting' or "portal_event"."problem" = 'missed';