import { Button } from './button.tsx'

/** A part of a screen did not come: what, and the way to ask again. */
export function FailedLine(props: { says: string; retry: string; again: () => void }) {
  return (
    <p role="status" class="text-small text-cochinilla">
      {props.says}{' '}
      <Button kind="quiet" class="!text-anil" onClick={() => props.again()}>
        {props.retry}
      </Button>
    </p>
  )
}
