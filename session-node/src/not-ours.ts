/** Thrown where the number is not ours any more: whatever was under way stops there. */
export class NotOurs extends Error {
  constructor() {
    super('this node may not speak for the number any more')
    this.name = 'NotOurs'
  }
}
