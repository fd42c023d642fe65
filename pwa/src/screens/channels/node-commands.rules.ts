/** The one command that starts a session-node, in the ways of different machines: session-node/README.md. Pure. */

/** Neither address nor token has a character that a shell would read as something else. */
export function commandsOf({ appUrl, token }: { appUrl: string; token: string }) {
  return {
    linux: `APP_URL=${appUrl} SESSION_NODE_TOKEN=${token} node session-node/src/main.ts`,
    windows: `$env:APP_URL='${appUrl}'; $env:SESSION_NODE_TOKEN='${token}'; node session-node/src/main.ts`,
    container: `docker build -f session-node/Dockerfile -t session-node . && docker run -d --restart unless-stopped --memory 1g -e APP_URL=${appUrl} -e SESSION_NODE_TOKEN=${token} session-node`,
  }
}
