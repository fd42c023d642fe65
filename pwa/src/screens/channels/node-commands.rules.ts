/** The one command that starts a session-node, in the ways of different machines: session-node/README.md. Pure. */

/** The token has no character that a shell would read as something else; the name may have any. */
export function commandsOf({ appUrl, token, node }: { appUrl: string; token: string; node: { name: string } }) {
  const posix = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
  const power = (text: string) => `'${text.replaceAll("'", "''")}'`
  const { name } = node
  return {
    linux: `APP_URL=${appUrl} SESSION_NODE_TOKEN=${token} SESSION_NODE_NAME=${posix(name)} node session-node/src/main.ts`,
    windows: `$env:APP_URL='${appUrl}'; $env:SESSION_NODE_TOKEN='${token}'; $env:SESSION_NODE_NAME=${power(name)}; node session-node/src/main.ts`,
    container: `docker build -f session-node/Dockerfile -t session-node . && docker run -d --restart unless-stopped --memory 1g -e APP_URL=${appUrl} -e SESSION_NODE_TOKEN=${token} -e SESSION_NODE_NAME=${posix(name)} session-node`,
  }
}
