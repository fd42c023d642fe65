/** Where the bytes of a file are served, to whoever may see its message (contract/media.ts). */
export function mediaUrl(mediaId: string): string {
  return `/api/media/${encodeURIComponent(mediaId)}`
}
