ALTER TABLE "portal_deed" ADD COLUMN "stands" text;--> statement-breakpoint
CREATE INDEX "portal_deed_stands" ON "portal_deed" USING btree ("portal_id") WHERE "portal_deed"."stands" is not null;