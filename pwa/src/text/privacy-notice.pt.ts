/** The notice that a company begins with, in Portuguese. */
export const noticePt = `# Quem é responsável por seus dados
{responsable}
Registro fiscal: {ruc}
Endereço: {domicilio}
E-mail: {correo}
Encarregado de proteção de dados: {delegado}

# Que dados tratamos
- Seu número de telefone, seu nome e sua foto do WhatsApp.
- As mensagens, arquivos e notas de voz que troca conosco.
- Os dados de sua relação conosco, como contratos, pagamentos e saldos.

# Para que os usamos
- Responder suas consultas e atender seus pedidos.
- Cumprir os contratos que tem conosco e gerir seus pagamentos.
- Enviar informação, somente se você aceitar. Para deixar de receber, escreva BAJA.
Não tomamos decisões sobre você somente por meios automáticos.

# Por que podemos fazê-lo
- Porque você nos escreve e dá seu consentimento, que pode retirar quando quiser.
- Para cumprir um contrato com você, ou o que pediu antes de assiná-lo.
- Para cumprir obrigações legais.
Sem seu número e suas mensagens não podemos responder por este meio.

# Quanto tempo os guardamos
Enquanto durar sua relação conosco e, depois, o tempo que as leis exigem. Em seguida são eliminados ou tornados anônimos.

# Quem mais os recebe
- WhatsApp (Meta) e os provedores técnicos que levam e guardam as mensagens por nossa conta, também fora do Equador e com garantias de proteção.
- As autoridades, quando a lei manda.
Não vendemos seus dados.

# Seus direitos
Você pode, sem custo:
- Acessar seus dados e saber como os usamos.
- Pedir que sejam corrigidos ou atualizados.
- Pedir que sejam eliminados.
- Opor-se a seu uso ou pedir que seja suspenso.
- Recebê-los em um formato que possa levar a outro lugar.
- Não ser objeto de decisões somente automáticas.
Escreva para {correo} ou por este mesmo chat, diga que direito exerce e como podemos comprovar que é você. Respondemos em um prazo de {plazo} dias.

# Se não estiver de acordo
Pode reclamar à Superintendencia de Protección de Datos Personales do Equador.`
