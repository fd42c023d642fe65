/**
 * The bindings of wrangler.toml. Ambient, so that every file knows the objects by their types without importing the
 * domain in which they live: arrows between domains stay as design.md draws them.
 */
declare namespace Cloudflare {
  interface Env {
    CHATS: DurableObjectNamespace<import('./src/inbox/chat-object.ts').ChatObject>
    DESKS: DurableObjectNamespace<import('./src/live/desk-object.ts').DeskObject>
    SESSIONS: DurableObjectNamespace<import('./src/channels/session/session-home.ts').SessionHome>
    FLEETS: DurableObjectNamespace<import('./src/channels/session/fleet-object.ts').FleetObject>
    PORTALS: DurableObjectNamespace<import('./src/bitrix24/portal-object.ts').PortalObject>
    JOBS: Queue<{ jobId: string; kind: string }>
    MEDIA: R2Bucket
    ASSETS?: Fetcher
    /** `development` and `test` allow simulators and local addresses; anything else is production. */
    ENVIRONMENT?: string
    /** postgres://app_rw:…@host/database: the role that owns nothing. */
    DATABASE_URL: string
    /** Only outside production: the local stand-in for Neon's HTTP endpoint. */
    NEON_HTTP_URL?: string
    APP_URL: string
    ENCRYPTION_KEY: string
    LOG_LEVEL?: string
    /** Only outside production: all waits of unofficial numbers become shorter by this factor. */
    TIME_SCALE?: string
    META_GRAPH_URL?: string
    META_APP_SECRET?: string
    META_VERIFY_TOKEN?: string
    GUPSHUP_API_URL?: string
    GUPSHUP_PARTNER_URL?: string
    /** Our application of Bitrix24's marketplace; and its authorization server, where a simulator stands for it. */
    BITRIX24_CLIENT_ID?: string
    BITRIX24_CLIENT_SECRET?: string
    BITRIX24_OAUTH_URL?: string
    /** Payment gateways: all names of one, or none. Their addresses only where a simulator stands for them. */
    STRIPE_API_URL?: string
    STRIPE_SECRET_KEY?: string
    STRIPE_WEBHOOK_SECRET?: string
    PAYPAL_API_URL?: string
    PAYPAL_CLIENT_ID?: string
    PAYPAL_CLIENT_SECRET?: string
    PAYPAL_WEBHOOK_ID?: string
    /** Of balances and plans; `USD` where it is absent. */
    BILLING_CURRENCY?: string
    /** What session-nodes of ours show to be let in; customers' own nodes have tokens of their own. */
    SESSION_NODE_TOKEN?: string
    /** Our own key pair for web push, base64url; and who is behind it, `mailto:…`, for the push services. */
    VAPID_PUBLIC_KEY?: string
    VAPID_PRIVATE_KEY?: string
    VAPID_SUBJECT?: string
  }
}
