CREATE TABLE "portal" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"app_id" uuid,
	"member_id" text NOT NULL,
	"domain" text NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"problem" text,
	"problem_at" timestamp (3) with time zone,
	"begins" boolean DEFAULT false NOT NULL,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"connected_as" text,
	"connected_user" text,
	"installed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_event" text,
	"last_event_at" timestamp (3) with time zone,
	"uninstalled_at" timestamp (3) with time zone,
	"wipe_at" timestamp (3) with time zone,
	CONSTRAINT "portal_state" CHECK ("portal"."state" in ('active', 'needs_reconnect', 'payment_required', 'disconnected', 'overloaded', 'deleted', 'uninstalled'))
);
--> statement-breakpoint
CREATE TABLE "portal_app" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"client_id" text NOT NULL,
	"sealed" text NOT NULL,
	"made_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "portal_code" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"spent_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "portal_person" (
	"portal_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"account_id" uuid NOT NULL,
	"person_id" uuid,
	"name" text NOT NULL,
	"is_admin" boolean DEFAULT false NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "portal_person_pk" PRIMARY KEY("portal_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "portal" ADD CONSTRAINT "portal_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal" ADD CONSTRAINT "portal_app_id_portal_app_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."portal_app"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_app" ADD CONSTRAINT "portal_app_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_app" ADD CONSTRAINT "portal_app_made_by_person_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_code" ADD CONSTRAINT "portal_code_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_code" ADD CONSTRAINT "portal_code_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_person" ADD CONSTRAINT "portal_person_portal_id_portal_id_fk" FOREIGN KEY ("portal_id") REFERENCES "public"."portal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_person" ADD CONSTRAINT "portal_person_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_person" ADD CONSTRAINT "portal_person_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "portal_member" ON "portal" USING btree ("member_id",coalesce("app_id", '00000000-0000-0000-0000-000000000000'::uuid));--> statement-breakpoint
CREATE INDEX "portal_account" ON "portal" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "portal_app_client" ON "portal_app" USING btree ("client_id") WHERE "portal_app"."archived_at" is null;--> statement-breakpoint
CREATE INDEX "portal_app_account" ON "portal_app" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "portal_code_hash" ON "portal_code" USING btree ("code_hash");--> statement-breakpoint
CREATE INDEX "portal_code_person" ON "portal_code" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "portal_person_person" ON "portal_person" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "portal_person_account" ON "portal_person" USING btree ("account_id");