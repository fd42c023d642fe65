/** A request of the kind that tells how far it is (api/upload.ts), with the frame's bearer where it goes to us. */
export function requestWith(bearer: string, isOurs: (address: string | URL) => boolean): typeof XMLHttpRequest {
  return class extends XMLHttpRequest {
    override open(method: string, url: string | URL): void {
      super.open(method, url, true)
      if (isOurs(url)) this.setRequestHeader('authorization', bearer)
    }
  }
}
