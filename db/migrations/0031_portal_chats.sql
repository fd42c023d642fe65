CREATE TABLE "portal_chat" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"portal_id" uuid NOT NULL,
	"chat_id" uuid NOT NULL,
	"connector" text NOT NULL,
	"external_id" text NOT NULL,
	"line" integer,
	"im_chat_id" text,
	"session_id" text,
	"guest_id" text,
	"responsible" text,
	"finished_at" timestamp (3) with time zone,
	"last_n" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portal_delivery" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"portal_id" uuid NOT NULL,
	"portal_chat_id" uuid NOT NULL,
	"n" bigint NOT NULL,
	"kind" text NOT NULL,
	"message_id" uuid,
	"body" jsonb,
	"state" text DEFAULT 'waiting' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"lease" uuid,
	"leased_at" timestamp (3) with time zone,
	"since" timestamp (3) with time zone,
	"code" text,
	"explanation" text,
	"trace_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "portal_delivery_kind" CHECK ("portal_delivery"."kind" in ('send', 'file', 'update', 'delete', 'delivery_status', 'say', 'responsible', 'session_finish')),
	CONSTRAINT "portal_delivery_state" CHECK ("portal_delivery"."state" in ('waiting', 'leased', 'done', 'failed', 'discarded', 'unconfirmed'))
);
--> statement-breakpoint
CREATE TABLE "portal_message" (
	"account_id" uuid NOT NULL,
	"portal_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"portal_chat_id" uuid NOT NULL,
	"direction" text NOT NULL,
	"im_chat_id" text,
	"im_message_id" text,
	"part" integer DEFAULT 0 NOT NULL,
	"user_id" text,
	"echo_hash" text,
	"echo_until" timestamp (3) with time zone,
	"echoed" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "portal_message_pk" PRIMARY KEY("portal_id","message_id"),
	CONSTRAINT "portal_message_direction" CHECK ("portal_message"."direction" in ('to', 'from'))
);
--> statement-breakpoint
ALTER TABLE "portal_chat" ADD CONSTRAINT "portal_chat_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_chat" ADD CONSTRAINT "portal_chat_portal_id_portal_id_fk" FOREIGN KEY ("portal_id") REFERENCES "public"."portal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_chat" ADD CONSTRAINT "portal_chat_chat_id_chat_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chat"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_delivery" ADD CONSTRAINT "portal_delivery_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_delivery" ADD CONSTRAINT "portal_delivery_portal_id_portal_id_fk" FOREIGN KEY ("portal_id") REFERENCES "public"."portal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_delivery" ADD CONSTRAINT "portal_delivery_portal_chat_id_portal_chat_id_fk" FOREIGN KEY ("portal_chat_id") REFERENCES "public"."portal_chat"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_delivery" ADD CONSTRAINT "portal_delivery_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_message" ADD CONSTRAINT "portal_message_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_message" ADD CONSTRAINT "portal_message_portal_id_portal_id_fk" FOREIGN KEY ("portal_id") REFERENCES "public"."portal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_message" ADD CONSTRAINT "portal_message_portal_chat_id_portal_chat_id_fk" FOREIGN KEY ("portal_chat_id") REFERENCES "public"."portal_chat"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "portal_chat_once" ON "portal_chat" USING btree ("portal_id","chat_id");--> statement-breakpoint
CREATE UNIQUE INDEX "portal_chat_external" ON "portal_chat" USING btree ("portal_id","connector","external_id");--> statement-breakpoint
CREATE INDEX "portal_chat_im" ON "portal_chat" USING btree ("portal_id","im_chat_id");--> statement-breakpoint
CREATE INDEX "portal_chat_account" ON "portal_chat" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "portal_chat_chat" ON "portal_chat" USING btree ("chat_id");--> statement-breakpoint
CREATE UNIQUE INDEX "portal_delivery_order" ON "portal_delivery" USING btree ("portal_chat_id","n");--> statement-breakpoint
CREATE UNIQUE INDEX "portal_delivery_once" ON "portal_delivery" USING btree ("portal_chat_id","message_id","kind") WHERE "portal_delivery"."kind" in ('send', 'file', 'delivery_status');--> statement-breakpoint
CREATE INDEX "portal_delivery_open" ON "portal_delivery" USING btree ("portal_id","portal_chat_id","n") WHERE "portal_delivery"."state" in ('waiting', 'leased');--> statement-breakpoint
CREATE INDEX "portal_delivery_message" ON "portal_delivery" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "portal_delivery_account" ON "portal_delivery" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "portal_message_im" ON "portal_message" USING btree ("portal_id","im_message_id","part");--> statement-breakpoint
CREATE INDEX "portal_message_message" ON "portal_message" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "portal_message_account" ON "portal_message" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "portal_message_echo" ON "portal_message" USING btree ("portal_chat_id","echo_until") WHERE "portal_message"."echo_hash" is not null and not "portal_message"."echoed";