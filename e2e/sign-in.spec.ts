import { expect, personOf, signIn, test } from './demo.ts'

test('a wrong password is told in words, and the right one opens the inbox @phone', async ({ page, demo }) => {
  const person = personOf(demo, 'supervisor')
  await page.goto(demo.address)
  await page.getByLabel('Correo').fill(person.email)
  await page.getByLabel('Clave', { exact: true }).fill('otra-clave')
  await page.getByRole('button', { name: 'Entrar', exact: true }).click()
  await expect(page.getByRole('alert')).toHaveText(/Correo o clave incorrectos/)
  await expect(page.getByLabel('Correo')).toHaveValue(person.email)

  await signIn(page, demo, person)
  await expect(page).toHaveURL(/\/chats$/)
})
