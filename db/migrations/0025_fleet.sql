CREATE TABLE "channel_rest" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"what" text NOT NULL,
	"began_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "channel_rest_what" CHECK ("channel_rest"."what" in ('paused', 'archived'))
);
--> statement-breakpoint
CREATE TABLE "session_node" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"made_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "node_id" uuid;--> statement-breakpoint
ALTER TABLE "channel_rest" ADD CONSTRAINT "channel_rest_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_rest" ADD CONSTRAINT "channel_rest_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_node" ADD CONSTRAINT "session_node_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_node" ADD CONSTRAINT "session_node_made_by_person_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "channel_rest_open" ON "channel_rest" USING btree ("channel_id","what") WHERE "channel_rest"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "channel_rest_channel" ON "channel_rest" USING btree ("channel_id","began_at");--> statement-breakpoint
CREATE INDEX "session_node_account" ON "session_node" USING btree ("account_id");--> statement-breakpoint
ALTER TABLE "channel" ADD CONSTRAINT "channel_node_id_session_node_id_fk" FOREIGN KEY ("node_id") REFERENCES "public"."session_node"("id") ON DELETE no action ON UPDATE no action;