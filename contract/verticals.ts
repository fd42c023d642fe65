/** Meta's words for what a company does (reference/meta-cloud-api.md §12). */
export const VERTICALS = [
  ...['ALCOHOL', 'APPAREL', 'AUTO', 'BEAUTY', 'EDU', 'ENTERTAIN', 'EVENT_PLAN', 'FINANCE', 'GOVT', 'GROCERY', 'HEALTH'],
  ...['HOTEL', 'NONPROFIT', 'ONLINE_GAMBLING', 'OTC_DRUGS', 'OTHER', 'PHYSICAL_GAMBLING', 'PROF_SERVICES', 'RESTAURANT'],
  ...['RETAIL', 'TRAVEL'],
] as const
