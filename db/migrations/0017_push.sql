CREATE TABLE "chat_read" (
	"account_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"chat_id" uuid NOT NULL,
	"upto" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "chat_read_pk" PRIMARY KEY("person_id","chat_id")
);
--> statement-breakpoint
CREATE TABLE "push_choice" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"muted" text[] DEFAULT '{}' NOT NULL,
	"preview" boolean DEFAULT true NOT NULL,
	"sound" boolean DEFAULT true NOT NULL,
	"only_mine" boolean DEFAULT false NOT NULL,
	"quiet_from" time,
	"quiet_to" time,
	"quiet_days" integer[] DEFAULT '{}' NOT NULL,
	"time_zone" text,
	CONSTRAINT "push_choice_quiet" CHECK (("push_choice"."quiet_from" is null) = ("push_choice"."quiet_to" is null))
);
--> statement-breakpoint
CREATE TABLE "push_delivery" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"job_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"tag" text NOT NULL,
	"subject_id" uuid,
	"upto" timestamp (3) with time zone,
	"state" text DEFAULT 'due' NOT NULL,
	"code" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "push_delivery_state" CHECK ("push_delivery"."state" in ('due', 'sent', 'live', 'withheld', 'gone', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "push_device" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"install_id" uuid NOT NULL,
	"endpoint" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth" text NOT NULL,
	"user_agent" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"posted_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"delivered_at" timestamp (3) with time zone,
	"trouble" text,
	"dropped_at" timestamp (3) with time zone,
	"dropped_why" text,
	CONSTRAINT "push_device_why" CHECK ("push_device"."dropped_why" in ('signed_out', 'removed', 'gone', 'replaced', 'too_many') and ("push_device"."dropped_why" is null) = ("push_device"."dropped_at" is null))
);
--> statement-breakpoint
ALTER TABLE "chat_read" ADD CONSTRAINT "chat_read_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_read" ADD CONSTRAINT "chat_read_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_read" ADD CONSTRAINT "chat_read_chat_id_chat_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chat"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_choice" ADD CONSTRAINT "push_choice_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_choice" ADD CONSTRAINT "push_choice_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_delivery" ADD CONSTRAINT "push_delivery_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_delivery" ADD CONSTRAINT "push_delivery_device_id_push_device_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."push_device"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_delivery" ADD CONSTRAINT "push_delivery_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_device" ADD CONSTRAINT "push_device_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_device" ADD CONSTRAINT "push_device_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "push_delivery_once" ON "push_delivery" USING btree ("job_id","device_id");--> statement-breakpoint
CREATE INDEX "push_delivery_tag" ON "push_delivery" USING btree ("person_id","tag","created_at");--> statement-breakpoint
CREATE INDEX "push_delivery_shown" ON "push_delivery" USING btree ("device_id") WHERE "push_delivery"."state" = 'sent' and "push_delivery"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "push_delivery_age" ON "push_delivery" USING brin ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "push_device_install" ON "push_device" USING btree ("person_id","install_id");--> statement-breakpoint
CREATE UNIQUE INDEX "push_device_endpoint" ON "push_device" USING btree ("endpoint") WHERE "push_device"."dropped_at" is null;--> statement-breakpoint
CREATE INDEX "push_device_session" ON "push_device" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "push_device_live" ON "push_device" USING btree ("account_id","person_id") WHERE "push_device"."dropped_at" is null;