CREATE TABLE "portal_department" (
	"portal_id" uuid NOT NULL,
	"department_id" text NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"parent_id" text,
	"sort" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "portal_department_pk" PRIMARY KEY("portal_id","department_id")
);
--> statement-breakpoint
ALTER TABLE "portal_person" ALTER COLUMN "seen_at" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "portal_person" ALTER COLUMN "seen_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "portal" ADD COLUMN "people_read_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "portal" ADD COLUMN "people_problem" text;--> statement-breakpoint
ALTER TABLE "portal_person" ADD COLUMN "position" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "portal_person" ADD COLUMN "departments" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "portal_person" ADD COLUMN "is_active" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "role" ADD COLUMN "preset" text;--> statement-breakpoint
ALTER TABLE "portal_department" ADD CONSTRAINT "portal_department_portal_id_portal_id_fk" FOREIGN KEY ("portal_id") REFERENCES "public"."portal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_department" ADD CONSTRAINT "portal_department_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "portal_department_account" ON "portal_department" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "role_preset" ON "role" USING btree ("account_id","preset") WHERE "role"."archived_at" is null;