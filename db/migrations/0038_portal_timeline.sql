CREATE TABLE "portal_activity" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"portal_id" uuid NOT NULL,
	"chat_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"message_id" uuid,
	"began_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"rev" bigint DEFAULT 1 NOT NULL,
	"due_at" timestamp (3) with time zone,
	"asked" boolean DEFAULT false NOT NULL,
	"activity_id" text,
	"owner_type_id" integer,
	"owner_id" integer,
	"tries" integer DEFAULT 0 NOT NULL,
	"code" text,
	"explanation" text,
	"told_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "portal_activity_kind" CHECK ("portal_activity"."kind" in ('session', 'call'))
);
--> statement-breakpoint
CREATE TABLE "portal_exit" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"spent_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "portal_line" ADD COLUMN "timeline" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "portal_activity" ADD CONSTRAINT "portal_activity_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_activity" ADD CONSTRAINT "portal_activity_portal_id_portal_id_fk" FOREIGN KEY ("portal_id") REFERENCES "public"."portal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_activity" ADD CONSTRAINT "portal_activity_chat_id_chat_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chat"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_activity" ADD CONSTRAINT "portal_activity_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_exit" ADD CONSTRAINT "portal_exit_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_exit" ADD CONSTRAINT "portal_exit_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "portal_activity_session" ON "portal_activity" USING btree ("portal_id","chat_id") WHERE "portal_activity"."kind" = 'session' and "portal_activity"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "portal_activity_call" ON "portal_activity" USING btree ("portal_id","message_id") WHERE "portal_activity"."kind" = 'call';--> statement-breakpoint
CREATE INDEX "portal_activity_due" ON "portal_activity" USING btree ("portal_id","due_at") WHERE "portal_activity"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "portal_activity_chat" ON "portal_activity" USING btree ("chat_id");--> statement-breakpoint
CREATE INDEX "portal_activity_message" ON "portal_activity" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "portal_activity_account" ON "portal_activity" USING btree ("account_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "portal_exit_hash" ON "portal_exit" USING btree ("code_hash");--> statement-breakpoint
CREATE INDEX "portal_exit_person" ON "portal_exit" USING btree ("person_id");