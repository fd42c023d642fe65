ALTER TABLE "topup" ADD COLUMN "home" text;--> statement-breakpoint
ALTER TABLE "subscription" ADD COLUMN "home" text;