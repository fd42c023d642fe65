ALTER TABLE "channel" ADD COLUMN "guard" jsonb;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "linked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "first_frozen_until" timestamp (3) with time zone;