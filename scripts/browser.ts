/** Finds a Chromium for the browser tests: the system's, else Playwright's own, else the system's package manager. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const PLACES = [
  '/usr/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** A browser that is there but lacks a library is no browser. */
function runs(path: string): boolean {
  return existsSync(path) && spawnSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}

function which(name: string): string | null {
  try {
    return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

/** The browser that this machine has, or null. */
export function systemBrowser(): string | null {
  const found = [process.env['CHROMIUM'] ?? null, ...NAMES.map(which), ...PLACES]
  return found.find((path): path is string => path !== null && runs(path)) ?? null
}

function attempt(command: string, args: string[]): void {
  spawnSync(command, args, {
    stdio: 'ignore',
    timeout: 600_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}

/** A browser's path; fetches one where none is. `say` is told what was done. Throws a line that says what to install. */
export function findBrowser(say: (line: string) => void): string {
  const system = systemBrowser()
  if (system) {
    say(`Browser: the system's ${system}`)
    return system
  }
  const own = chromium.executablePath()
  if (!runs(own)) {
    say("Browser: none found, downloading Playwright's own")
    attempt(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'])
  }
  if (runs(own)) {
    say(`Browser: Playwright's own ${own}`)
    return own
  }
  if (process.getuid?.() === 0 && which('apt-get')) {
    say('Browser: that did not work, installing the package chromium with apt-get')
    attempt('apt-get', ['update', '-qq'])
    attempt('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
    const installed = systemBrowser()
    if (installed) {
      say(`Browser: installed ${installed}`)
      return installed
    }
  }
  throw new Error('No browser for the browser tests. Install chromium or Google Chrome, or set CHROMIUM to its path.')
}
