import { createSignal } from 'solid-js'

const STORED = 'shortcuts'
const [isOn, setIsOn] = createSignal(localStorage.getItem(STORED) !== 'off')

/** Single letters do things: who speaks to their device, or touches keys by accident, can switch that off (WCAG 2.1.4). */
export const areShortcutsOn = isOn

export function setShortcuts(on: boolean): void {
  setIsOn(on)
  localStorage.setItem(STORED, on ? 'on' : 'off')
}
