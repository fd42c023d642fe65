/** Where the bytes of a file are served, to whoever may see its message (contract/media.ts). */
export function mediaUrl(mediaId: string): string {
  // In a portal's frame the page carries what stands for the cookie (public/frame.js).
  return `/api/media/${encodeURIComponent(mediaId)}${document.documentElement.dataset['ticket'] ?? ''}`
}
