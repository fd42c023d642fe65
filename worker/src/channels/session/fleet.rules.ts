/** Which Fleet object deals a number out. */

/** The Fleet of the nodes that we run ourselves; a company's own nodes are dealt out by the Fleet of its account id. */
export const SHARED_FLEET = 'shared'

export const fleetOf = (accountId: string, place: string | null): string => (place === null ? SHARED_FLEET : accountId)
