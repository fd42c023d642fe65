ALTER TABLE "chat" ADD COLUMN "was_assignee_id" uuid;--> statement-breakpoint
ALTER TABLE "chat" ADD COLUMN "was_department_id" uuid;--> statement-breakpoint
ALTER TABLE "chat" ADD COLUMN "moved_at" timestamp (3) with time zone;