/** A PDF of one page: a headline, and lines below it. */
export function onePage([headline = '', ...lines]: readonly string[]): Uint8Array {
  const rest = lines.map((line, at) => `${at === 0 ? '/F1 14 Tf 0 -40 Td' : '0 -24 Td'} (${safe(line)}) Tj`)
  const drawing = `BT /F1 24 Tf 60 760 Td (${safe(headline)}) Tj ${rest.join(' ')} ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return String(place).padStart(10, '0')
  })
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${place} 00000 n \n`).join('')}`
  const tail = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
  return Buffer.from(text + table + tail, 'latin1')
}

/** Brackets and backslashes would end the text; what the font does not have is left out. */
function safe(text: string): string {
  return text.replaceAll(/[^\u0020-\u00ff]/g, '').replaceAll(/[\\()]/g, String.raw`\$&`)
}
