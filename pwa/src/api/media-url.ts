/** Where the bytes of a file are served, to whoever may see its message (contract/media.ts). */
export function mediaUrl(mediaId: string): string {
  // In a portal's frame the page carries what stands for the cookie (public/frame.js).
  return `/api/media/${encodeURIComponent(mediaId)}${document.documentElement.dataset['ticket'] ?? ''}`
}

/** Where the picture of a contact is; another picture has another address. */
export function photoUrl({ id, photo }: { id: string; photo?: string | null | undefined }): string | undefined {
  return photo ? `/api/contacts/${id}/photo?v=${photo}` : undefined
}
