CREATE TABLE "portal_line" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"portal_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"connector" text NOT NULL,
	"line" integer NOT NULL,
	"line_name" text NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"problem" text,
	"problem_at" timestamp (3) with time zone,
	"closes_with_session" boolean DEFAULT true NOT NULL,
	"finishes_with_chat" boolean DEFAULT true NOT NULL,
	"signs" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"set_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"cleared_at" timestamp (3) with time zone,
	CONSTRAINT "portal_line_state" CHECK ("portal_line"."state" in ('active', 'paused', 'broken'))
);
--> statement-breakpoint
ALTER TABLE "portal_line" ADD CONSTRAINT "portal_line_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_line" ADD CONSTRAINT "portal_line_portal_id_portal_id_fk" FOREIGN KEY ("portal_id") REFERENCES "public"."portal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_line" ADD CONSTRAINT "portal_line_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "portal_line_channel" ON "portal_line" USING btree ("channel_id") WHERE "portal_line"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "portal_line_line" ON "portal_line" USING btree ("portal_id","line") WHERE "portal_line"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "portal_line_account" ON "portal_line" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "portal_line_portal" ON "portal_line" USING btree ("portal_id");