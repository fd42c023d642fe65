CREATE TABLE "portal_role_draft" (
	"portal_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"changes" jsonb NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "portal_role_draft_pk" PRIMARY KEY("portal_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "portal_role_draft" ADD CONSTRAINT "portal_role_draft_portal_id_portal_id_fk" FOREIGN KEY ("portal_id") REFERENCES "public"."portal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_role_draft" ADD CONSTRAINT "portal_role_draft_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_role_draft" ADD CONSTRAINT "portal_role_draft_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "portal_role_draft_account" ON "portal_role_draft" USING btree ("account_id");