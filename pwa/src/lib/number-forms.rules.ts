/**
 * A number as people write it, as it may stand in ours: digits with country code. The same as SQL `number_forms`
 * (db/functions/070_read.sql), which says which country writes how.
 */
export function numberForms(digits: string): string[] {
  const plain = digits.replace(/^00/, '').replace(/^(593|51|56|57|54|52|55|1)?0+/, '$1')
  const behind = [/^011(\d{10,})$/, /^(?:044|045|01|521?)(\d{10})$/, /^549?(\d{10})$/, /^15(\d{6,8})$/, /^9(\d{8})$/]
  const argentine = /^(?:0|549?)?(\d{2,4})15(\d{6,8})$/.exec(digits)
  const brazilian = /^(?:55|0\d\d|0)?([1-9]\d)9?(\d{8})$/.exec(digits)
  const forms = [
    plain,
    ...behind.map((form) => form.exec(digits)?.[1] ?? ''),
    ...(argentine ? [`${argentine[1]}${argentine[2]}`] : []),
    ...(brazilian ? ['', '9'].map((nine) => `${brazilian[1]}${nine}${brazilian[2]}`) : []),
  ]
  return [...new Set(forms.filter((form) => form.length >= 3))]
}
