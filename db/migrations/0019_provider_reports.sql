CREATE TABLE "channel_report" (
	"channel_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"number" jsonb,
	"told_at" timestamp (3) with time zone,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"alerts" text[] DEFAULT '{}' NOT NULL,
	"low_micros" bigint DEFAULT 5000000 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "sandbox" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "key_ending" text;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "key_changed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "channel_report" ADD CONSTRAINT "channel_report_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_report" ADD CONSTRAINT "channel_report_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_begun" ON "message" USING btree ("channel_id","at") WHERE "message"."direction" = 'out' and "message"."kind" = 'template';