/** In a portal's frame no gateway's page can stand: it opens beside it, and the app asks how it went. */
export const isInFrame = (): boolean => window.self !== window.top
