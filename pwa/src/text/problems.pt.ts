import type { ProblemTexts } from './problems.ts'

export const problemsPt: ProblemTexts = {
  bad_request: {
    cause: 'O servidor não entendeu o pedido.',
    nextStep: 'Verifique os dados. Se continuar, envie-nos a referência.',
  },
  id_reused: { cause: 'Esta mensagem já existe com outro conteúdo.', nextStep: 'Copie e escreva de novo.' },
  not_json: { cause: 'O servidor não entendeu o pedido.', nextStep: 'Atualize o aplicativo.' },
  body_too_large: { cause: 'O que você envia é grande demais.', nextStep: 'Envie um arquivo mais leve.' },
  body_too_slow: {
    cause: 'A conexão é muito lenta e o envio foi cortado.',
    nextStep: 'Será tentado de novo; uma rede melhor ajuda.',
  },
  signed_out: { cause: 'Sua sessão terminou.', nextStep: 'Entre de novo. O que você escreveu está salvo.' },
  wrong_credentials: { cause: 'E-mail ou senha incorretos.', nextStep: 'Verifique e tente outra vez.' },
  too_many_tries: { cause: 'Houve tentativas demais.', nextStep: 'Espere alguns minutos e tente outra vez.' },
  rate_limited: { cause: 'Há pedidos demais seguidos.', nextStep: 'Espere um momento.' },
  forbidden: { cause: 'Seu papel não permite fazer isto.', nextStep: 'Peça a quem administra a conta.' },
  origin_refused: { cause: 'O pedido veio de uma página que não é nossa.', nextStep: 'Abra o aplicativo no endereço de sempre.' },
  not_found: { cause: 'Isto já não está aqui ou não é seu.', nextStep: 'Volte à lista e procure.' },
  window_closed: {
    cause: 'Passaram 24 horas desde a última mensagem do cliente.',
    nextStep: 'O WhatsApp permite texto livre quando o cliente escrever de novo. Seu texto está salvo.',
  },
  opted_out: {
    cause: 'Este cliente pediu para não receber mensagens.',
    nextStep: 'Não recebe modelos. Se ele escrever, pode responder por 24 horas; se escrever ALTA, volta a aceitar.',
  },
  marketing_stopped: {
    cause: 'Este cliente não quer publicidade.',
    nextStep: 'Use um modelo que não seja de marketing, ou espere que ele escreva.',
  },
  consent_by_provider: {
    cause: 'O cliente pediu isso dentro do WhatsApp.',
    nextStep: 'Só ele pode voltar a aceitar, nos dados desta conversa no WhatsApp dele.',
  },
  notice_missing: {
    cause: 'Não há aviso de privacidade para enviar, ou a frase não o nomeia.',
    nextStep: 'Publique o aviso e escreva {aviso_privacidad} na frase.',
  },
  date_to_come: { cause: 'Essa data ainda não chegou.', nextStep: 'Escolha hoje ou um dia anterior.' },
  words_invalid: {
    cause: 'As palavras de entrada e saída não servem assim.',
    nextStep: 'Deixe ao menos uma de saída, e nenhuma nas duas listas.',
  },
  profile_refused: {
    cause: 'O provedor não aceitou o perfil.',
    nextStep: 'Corrija o que ele aponta e salve de novo. O que escreveu continua aqui.',
  },
  first_contact_off: {
    cause: 'Este número só responde: não escreve primeiro para quem nunca lhe escreveu.',
    nextStep: 'Espere o cliente escrever, use um número oficial com modelo, ou ative «Escrever primeiro» no número.',
  },
  first_contact_limit: {
    cause: 'Este número já escreveu primeiro para todas as pessoas que pode hoje.',
    nextStep: 'Amanhã pode continuar. A quem escrever você pode responder sempre.',
  },
  first_contact_frozen: {
    cause: 'O WhatsApp não deixa este número escrever primeiro por enquanto.',
    nextStep: 'Espere um dia e continue respondendo a quem escrever. Insistir pode bloquear o número.',
  },
  first_contact_stopped: {
    cause: 'Quase ninguém responde às primeiras mensagens deste número: continuar traz risco de bloqueio.',
    nextStep: 'Escreva só para quem espera, ou use um número oficial com modelo.',
  },
  subscription_ended: {
    cause: 'A assinatura deste número venceu: ele recebe mensagens, mas não envia.',
    nextStep: 'Renove em Ajustes, Assinaturas, ou peça a quem administra a conta. O que você escreveu está guardado.',
  },
  balance_empty: {
    cause: 'Não há saldo para pagar esta mensagem.',
    nextStep:
      'Recarregue em Configurações, Saldo, ou peça a quem administra a conta; depois envie de novo. O que você escreveu está guardado.',
  },
  price_missing: {
    cause: 'Este tipo de mensagem não tem tarifa para esse país.',
    nextStep: 'Avise quem administra o WhatsappB24. O que você escreveu está guardado.',
  },
  subscription_live: {
    cause: 'Este número já tem uma assinatura.',
    nextStep: 'Troque o plano dela, ou cancele antes de começar outra.',
  },
  plan_not_sold: { cause: 'Este plano ou este preço não é mais vendido.', nextStep: 'Volte à lista e escolha outro.' },
  same_text_limit: {
    cause: 'O mesmo texto já foi para pessoas demais em uma hora.',
    nextStep: 'Mude o texto para cada pessoa, ou espere um pouco.',
  },
  not_changeable: {
    cause: 'Esta mensagem não pode ser alterada.',
    nextStep: 'Só se editam ou apagam mensagens da sua empresa que já saíram.',
  },
  change_too_late: {
    cause: 'Já passou o tempo que o WhatsApp dá para alterar uma mensagem.',
    nextStep: 'Escreva outra mensagem que esclareça.',
  },
  limit_reached: {
    cause: 'Este número já iniciou todas as conversas que o WhatsApp permite em 24 horas.',
    nextStep: 'Espere passarem as primeiras, ou use outro número. A quem lhe escreve sempre se pode responder.',
  },
  text_missing: { cause: 'A mensagem está vazia.', nextStep: 'Escreva um texto.' },
  text_too_long: { cause: 'O texto é longo demais.', nextStep: 'Divida em duas mensagens.' },
  video_not_allowed: { cause: 'Não é permitido enviar vídeos por este número.', nextStep: 'Envie uma foto ou um PDF.' },
  link_not_allowed: { cause: 'Não é permitido enviar links por este número.', nextStep: 'Edite a mensagem e tire o link.' },
  media_kind_not_allowed: { cause: 'O WhatsApp não aceita este tipo de arquivo.', nextStep: 'Use uma foto, um PDF ou um áudio.' },
  media_too_large: { cause: 'O arquivo pesa mais do que o WhatsApp permite.', nextStep: 'Envie um mais leve.' },
  media_mismatch: {
    cause: 'O conteúdo do arquivo não corresponde ao seu tipo.',
    nextStep: 'Abra-o no seu aparelho e salve de novo.',
  },
  media_not_found: { cause: 'O arquivo já não está aqui.', nextStep: 'Anexe outra vez.' },
  upload_incomplete: { cause: 'Falta uma parte do arquivo.', nextStep: 'Envie outra vez: continua de onde parou.' },
  forward_gone: {
    cause: 'A mensagem que você encaminha já não existe ou você não pode mais vê-la.',
    nextStep: 'Descarte-a, ou escreva o texto.',
  },
  note_not_forwarded: {
    cause: 'Uma nota interna é só para a sua equipe.',
    nextStep: 'Escreva ao cliente com as suas palavras.',
  },
  quoted_not_found: { cause: 'A mensagem a que você responde não está nesta conversa.', nextStep: 'Envie sem citar.' },
  template_incomplete: { cause: 'Faltam dados no modelo.', nextStep: 'Preencha todos os campos.' },
  mention_unseen: {
    cause: 'Essa pessoa não vê esta conversa e não pode ser mencionada.',
    nextStep: 'Retire a menção ou escolha outra pessoa.',
  },
  template_unknown: {
    cause: 'O número não tem esse modelo nesse idioma.',
    nextStep: 'Escolha outro da lista ou atualize os modelos em Ajustes.',
  },
  template_not_approved: {
    cause: 'O WhatsApp não tem este modelo aprovado.',
    nextStep: 'Escolha um aprovado. Em Ajustes, Modelos aparece o estado.',
  },
  template_value: {
    cause: 'Um dado do modelo tem quebras de linha ou muitos espaços seguidos.',
    nextStep: 'Escreva-o em uma só linha.',
  },
  template_unsupported: {
    cause: 'Este modelo tem uma parte que aqui não se pode preencher.',
    nextStep: 'Escolha outro modelo.',
  },
  template_header: {
    cause: 'O arquivo não corresponde ao que o modelo pede.',
    nextStep: 'Adicione o arquivo que o cabeçalho pede, ou nenhum se não pede.',
  },
  template_taken: {
    cause: 'Este número já tem um modelo com esse nome e idioma.',
    nextStep: 'Use outro nome ou mude o que existe.',
  },
  template_invalid: {
    cause: 'O WhatsApp não aceitaria o modelo como está.',
    nextStep: 'Corrija o que o formulário indica e envie de novo.',
  },
  template_refused: {
    cause: 'O provedor não aceitou o modelo.',
    nextStep: 'O rascunho está guardado. Corrija o que diz o provedor e envie de novo.',
  },
  template_elsewhere: {
    cause: 'Sua conta da Gupshup não permite fazer modelos daqui.',
    nextStep: 'Faça na página da Gupshup e depois toque em Atualizar.',
  },
  account_id_missing: {
    cause: 'Falta o identificador da conta do WhatsApp deste número.',
    nextStep: 'Adicione em Ajustes, Canais, Trocar a chave.',
  },
  provider_unreachable: {
    cause: 'O provedor não responde agora.',
    nextStep: 'Espere um momento e tente de novo.',
  },
  kind_not_supported: { cause: 'Este número não pode enviar este tipo de mensagem.', nextStep: 'Envie como texto.' },
  channel_archived: { cause: 'O número está arquivado.', nextStep: 'Escreva por outro número.' },
  nodes_full: { cause: 'Já há vinte computadores autorizados.', nextStep: 'Retire o acesso de um que não usa mais.' },
  node_revoked: { cause: 'Esse computador não tem mais acesso.', nextStep: 'Escolha outro computador ou nossos servidores.' },
  backup_not_one: {
    cause: 'O arquivo não é uma cópia de segurança de um número, ou está danificado.',
    nextStep: 'Escolha o arquivo como foi baixado.',
  },
  backup_passphrase: {
    cause: 'A frase não abre esta cópia, ou o arquivo foi alterado.',
    nextStep: 'Verifique maiúsculas e espaços, e tente de novo.',
  },
  backup_other_number: {
    cause: 'A cópia é de outro número.',
    nextStep: 'Escolha a cópia deste número, ou adicione um número novo para ela.',
  },
  backup_old: {
    cause: 'O número continuou trabalhando depois desta cópia: restaurá-la danificaria a sessão.',
    nextStep: 'Use uma cópia mais recente ou vincule o número de novo com o telefone.',
  },
  session_is_up: {
    cause: 'O número está conectado.',
    nextStep: 'Só se restaura uma cópia em um número não vinculado ou sem conexão.',
  },
  session_has_no_keys: {
    cause: 'O número não está vinculado: não há nada para copiar.',
    nextStep: 'Vincule-o primeiro com o telefone.',
  },
  phone_invalid: { cause: 'O número não é válido.', nextStep: 'Escreva com o código do país, por exemplo +55 11 98765 4321.' },
  not_retryable: {
    cause: 'Esta mensagem já não está em um estado que se possa repetir.',
    nextStep: 'Veja seu estado atual nos detalhes.',
  },
  reaction_target_unknown: {
    cause: 'O WhatsApp não conhece a mensagem a que você reage.',
    nextStep: 'Espere que seja entregue e tente outra vez.',
  },
  channel_taken: { cause: 'Este número já está conectado.', nextStep: 'Procure-o em Números.' },
  credentials_refused: { cause: 'O provedor não aceitou a chave ou o número.', nextStep: 'Copie de novo do provedor.' },
  address_refused: { cause: 'Esse endereço não é permitido.', nextStep: 'Use o endereço oficial do provedor.' },
  database_unavailable: {
    cause: 'O banco de dados não responde.',
    nextStep: 'Nada se perde. Será tentado de novo em alguns segundos.',
  },
  overloaded: { cause: 'O serviço está muito ocupado.', nextStep: 'Será tentado de novo em alguns segundos.' },
  internal: { cause: 'Algo falhou no servidor.', nextStep: 'Tente outra vez. Se continuar, envie-nos a referência.' },
  code_needed: {
    cause: 'Falta o código do seu segundo fator.',
    nextStep: 'Digite o código do aplicativo, ou um de recuperação.',
  },
  code_wrong: {
    cause: 'Esse código não serve ou já foi usado.',
    nextStep: 'Espere o próximo e digite-o, ou use um de recuperação.',
  },
  passkey_refused: { cause: 'Não foi possível conferir essa chave de acesso.', nextStep: 'Tente de novo, ou entre com a senha.' },
  link_spent: {
    cause: 'Este link já foi usado, venceu ou foi substituído.',
    nextStep: 'Peça um novo a quem administra a sua empresa.',
  },
  password_common: {
    cause: 'Essa senha é muito conhecida ou fácil de adivinhar.',
    nextStep: 'Escolha outra: três palavras soltas servem bem.',
  },
  sign_up_refused: {
    cause: 'Não foi possível criar a empresa com esse e-mail.',
    nextStep: 'Se já tem conta, entre com a senha; se não, use outro e-mail.',
  },
  email_taken: { cause: 'Esse e-mail já é de outra pessoa.', nextStep: 'Use outro e-mail.' },
  name_taken: { cause: 'Já existe outro com esse nome.', nextStep: 'Escolha outro nome.' },
  beyond_own_rights: { cause: 'Não é possível dar nem mudar o que você não tem.', nextStep: 'Peça a quem tem essa permissão.' },
  permission_locked: { cause: 'Essa permissão não pode ser mudada nesse papel.', nextStep: 'A célula explica por quê.' },
  last_administrator: {
    cause: 'Seria a última pessoa que administra a empresa.',
    nextStep: 'Dê antes esse papel a outra pessoa.',
  },
  not_yourself: { cause: 'Isso não se faz com a própria conta.', nextStep: 'Peça a outra pessoa que administre.' },
  role_in_use: { cause: 'Há pessoas com esse papel.', nextStep: 'Dê antes outro papel a elas.' },
  changed_meanwhile: { cause: 'Outra pessoa mudou antes.', nextStep: 'Veja o novo e aplique outra vez.' },
  chat_with_somebody: { cause: 'Outra pessoa atende este cliente.', nextStep: 'Se deve ser você, peça ao seu supervisor.' },
  standard_role: {
    cause: 'Os três papéis de base não são renomeados nem arquivados.',
    nextStep: 'Crie um papel próprio a partir de um deles.',
  },
  number_mismatch: {
    cause: 'O provedor diz que essa chave é de outro número.',
    nextStep: 'Revise o número e o identificador e tente de novo.',
  },
  hours_invalid: {
    cause: 'Revise os horários: um período cruza com outro ou termina antes de começar.',
    nextStep: 'Corrija as horas e salve de novo.',
  },
  variable_unknown: {
    cause: 'O texto usa um dado que não existe aqui.',
    nextStep: 'Use só os dados que aparecem abaixo do texto.',
  },
  time_zone_unknown: { cause: 'Esse fuso horário não existe.', nextStep: 'Escolha um da lista.' },
  shortcut_taken: { cause: 'Outra resposta rápida já usa este atalho.', nextStep: 'Escolha outro.' },
  rule_taken: {
    cause: 'Já há uma regra para esse número e departamento.',
    nextStep: 'Altere essa, ou escolha outro número ou departamento.',
  },
  label_inactive: { cause: 'Essa etiqueta está inativa.', nextStep: 'Escolha outra ou peça que a ativem de novo.' },
  contact_taken: {
    cause: 'Esse número é de um contato que você não vê.',
    nextStep: 'Peça ao seu supervisor que atribua a você.',
  },
  contact_number_in_use: {
    cause: 'Já há uma conversa com este número, por isso não se altera à mão.',
    nextStep: 'Crie outro contato ou peça para unir os dois.',
  },
  import_undone: { cause: 'Esta importação já foi desfeita.', nextStep: 'Atualize a lista para ver.' },
  clients_not_connected: {
    cause: 'A base de clientes não está conectada.',
    nextStep: 'Peça à administração que a conecte em Ajustes.',
  },
  portal_not_there: {
    cause: 'O aplicativo já não está nesse portal do Bitrix24.',
    nextStep: 'Instale-o de novo no Bitrix24 e volte aqui.',
  },
  portal_away: {
    cause: 'O Bitrix24 não responde agora ou está ocupado. Nada mudou.',
    nextStep: 'Espere um minuto e tente outra vez.',
  },
  portal_reconnect: {
    cause: 'O Bitrix24 já não nos deixa entrar nesse portal.',
    nextStep:
      'Um administrador do portal deve abrir o WhatsappB24 no menu do Bitrix24; verifique também se o aplicativo está pago.',
  },
  portal_refused: {
    cause: 'O Bitrix24 não aceitou o pedido.',
    nextStep: 'Verifique se quem conectou o portal é administrador e se o plano permite.',
  },
  portal_unsure: {
    cause: 'O Bitrix24 não respondeu: o canal aberto talvez já exista.',
    nextStep: 'Atualize a lista antes de criar outro.',
  },
  line_taken: {
    cause: 'Esse canal aberto já tem outro número.',
    nextStep: 'Escolha outro canal aberto ou desvincule antes esse número.',
  },
  card_over: { cause: 'Esta ficha está aberta há tempo demais.', nextStep: 'Feche-a e abra-a de novo no Bitrix24.' },
  gateway_not_here: { cause: 'Essa forma de pagamento não está disponível aqui.', nextStep: 'Escolha outra.' },
  gateway_away: { cause: 'O meio de pagamento não respondeu a tempo.', nextStep: 'Toque de novo: nada é cobrado duas vezes.' },
  gateway_refused: { cause: 'O meio de pagamento não aceitou a operação.', nextStep: 'Tente de novo ou pague de outra forma.' },
  amount_out_of_range: { cause: 'Esse valor não pode ser usado.', nextStep: 'Digite um valor dentro dos limites indicados.' },
  balance_too_low: { cause: 'O saldo disponível não é suficiente.', nextStep: 'Digite um valor menor.' },
  balance_frozen: {
    cause: 'O saldo está em pausa porque um pagamento é contestado.',
    nextStep: 'Aguarde até a contestação ser resolvida.',
  },
  refund_too_much: { cause: 'Desse pagamento resta menos para devolver.', nextStep: 'Digite um valor menor.' },
  refund_whole: {
    cause: 'Esse pagamento chegou em outra moeda: só é devolvido inteiro.',
    nextStep: 'Devolva tudo o que resta dele.',
  },
  method_missing: {
    cause: 'Não há um cartão salvo que se possa cobrar.',
    nextStep: 'Recarregue com cartão e escolha salvá-lo.',
  },
  automatic_crossed: {
    cause: 'Esses valores não combinam.',
    nextStep: 'Recarregue até pelo menos 5 a mais que o mínimo, com um teto mensal que dê para isso.',
  },
  hook_address_refused: {
    cause: 'Esse endereço não serve para avisos.',
    nextStep:
      'Use um endereço https público, como o que o Zapier, o Make ou o n8n dão: sem usuário, sem outra porta e que não seja deste aplicativo.',
  },
  alert_hook_off: {
    cause: 'Não há um endereço para avisos, ou ele está desativado.',
    nextStep: 'Digite-o e ative-o em Ajustes → Saldo → Avisos por e-mail.',
  },
  levels_crossed: { cause: 'O segundo aviso não pode ser maior que o primeiro.', nextStep: 'Digite um valor menor no segundo.' },
  paper_waits: {
    cause: 'Muitos recibos estão sendo feitos de uma vez e este ainda não tem número.',
    nextStep: 'Peça de novo em alguns minutos.',
  },
  seller_in_the_past: {
    cause: 'Quem vendeu até agora já está nos recibos: não se pode mudar para trás.',
    nextStep: 'Escolha um dia a partir de amanhã ou deixe a data vazia para valer desde já.',
  },
  portal_denied: {
    cause: 'O Bitrix24 não deixa ler esta ficha.',
    nextStep: 'Verifique com o administrador do portal a sua permissão no CRM.',
  },
  portal_app_taken: {
    cause: 'Esse aplicativo local já está salvo, aqui ou em outra empresa.',
    nextStep: 'Confira o client_id; se for de outra empresa, remova-o lá primeiro.',
  },
  clients_unreachable: {
    cause: 'A base de clientes da sua empresa não responde. A mudança não foi salva.',
    nextStep: 'Tente de novo em um momento.',
  },
  clients_refused: {
    cause: 'A base de clientes da sua empresa não aceitou o pedido.',
    nextStep: 'Confira os dados ou avise quem administra essa base.',
  },
  transfer_open: {
    cause: 'Já há um pedido de transferência para esta conversa.',
    nextStep: 'Espere a decisão ou cancele o pedido.',
  },
  transfer_decided: { cause: 'Outra pessoa já decidiu este pedido.', nextStep: 'Veja o resultado no histórico.' },
  transfer_own: { cause: 'Ninguém decide o próprio pedido.', nextStep: 'Outra pessoa que possa decide.' },
  person_unavailable: { cause: 'Essa pessoa não está mais ativa.', nextStep: 'Escolha outra.' },
  push_endpoint_refused: {
    cause: 'Esse endereço não é de um serviço de avisos.',
    nextStep: 'Use Chrome, Safari, Firefox ou Edge atualizados e ative de novo.',
  },
  push_not_set_up: { cause: 'Os avisos não estão configurados nesta instalação.', nextStep: 'Avise quem a administra.' },
  no_network: { cause: 'Não há conexão.', nextStep: 'Será tentado de novo quando ela voltar.' },
  timed_out: { cause: 'O servidor não respondeu a tempo.', nextStep: 'Será tentado de novo.' },
  bad_answer: { cause: 'A resposta não veio do nosso servidor.', nextStep: 'Veja se a sua rede pede uma senha de acesso.' },
}
