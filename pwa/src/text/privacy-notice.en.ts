/** The notice that a company begins with, in English. */
export const noticeEn = `# Who is responsible for your data
{responsable}
Tax number: {ruc}
Address: {domicilio}
E-mail: {correo}
Data protection officer: {delegado}

# Which data we process
- Your phone number, your name and your WhatsApp photo.
- The messages, files and voice notes that you exchange with us.
- The data of your relation with us, such as contracts, payments and balances.

# What we use it for
- To answer your questions and see to your requests.
- To fulfil the contracts that you have with us and manage your payments.
- To send you information, only if you accept it. To stop it, write BAJA.
We take no decisions about you by automatic means alone.

# Why we may do so
- Because you write to us and give your consent, which you may withdraw at any time.
- To fulfil a contract with you, or what you asked for before signing it.
- To fulfil legal obligations.
Without your number and your messages we cannot answer you this way.

# How long we keep it
As long as your relation with us lasts and, afterwards, as long as the law requires. Then it is deleted or made anonymous.

# Who else receives it
- WhatsApp (Meta) and the technical providers who carry and store messages on our behalf, also outside Ecuador and with safeguards.
- The authorities, when the law says so.
We do not sell your data.

# Your rights
You may, free of charge:
- Access your data and know how we use it.
- Ask for it to be corrected or updated.
- Ask for it to be deleted.
- Object to its use, or ask for its use to be suspended.
- Receive it in a form that you can take elsewhere.
- Not be subject to decisions that are only automatic.
Write to {correo} or in this very chat, say which right you exercise and how we can check that it is you. We answer within {plazo} days.

# If you do not agree
You may complain to the Superintendencia de Protección de Datos Personales of Ecuador.`
