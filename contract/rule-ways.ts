/** `last_agent`: who last wrote to this customer, if they can take it; else, as in `least_loaded`, who has fewest open chats. */
export const WAYS = ['round_robin', 'least_loaded', 'last_agent'] as const
