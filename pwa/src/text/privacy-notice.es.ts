/** The notice that a company begins with. What article 12 of the LOPDP asks for; `{…}` are the company's own facts. */
export const noticeEs = `# Quién es responsable de sus datos
{responsable}
RUC: {ruc}
Domicilio: {domicilio}
Correo: {correo}
Delegado de protección de datos: {delegado}

# Qué datos tratamos
- Su número de teléfono, su nombre y su foto de WhatsApp.
- Los mensajes, archivos y notas de voz que intercambia con nosotros.
- Los datos de su relación con nosotros, como contratos, pagos y saldos.

# Para qué los usamos
- Responder sus consultas y atender sus pedidos.
- Cumplir los contratos que tiene con nosotros y gestionar sus pagos.
- Enviarle información, solo si usted lo acepta. Para dejar de recibirla escriba BAJA.
No tomamos decisiones sobre usted solo con medios automáticos.

# Por qué podemos hacerlo
- Porque usted nos escribe y nos da su consentimiento, que puede retirar cuando quiera.
- Para cumplir un contrato con usted, o lo que pidió antes de firmarlo.
- Para cumplir obligaciones legales.
Sin su número y sus mensajes no podemos responderle por este medio.

# Cuánto tiempo los guardamos
Mientras dure su relación con nosotros y, después, el tiempo que exigen las leyes. Luego se eliminan o se vuelven anónimos.

# Quién más los recibe
- WhatsApp (Meta) y los proveedores técnicos que llevan y guardan los mensajes por encargo nuestro, también fuera del Ecuador y con garantías de protección.
- Las autoridades, cuando la ley lo manda.
No vendemos sus datos.

# Sus derechos
Usted puede, sin costo:
- Acceder a sus datos y saber cómo los usamos.
- Pedir que se corrijan o actualicen.
- Pedir que se eliminen.
- Oponerse a que se usen o pedir que se suspenda su uso.
- Recibirlos en un formato que pueda llevar a otra parte.
- No ser objeto de decisiones solo automáticas.
Escríbanos a {correo} o por este mismo chat, diga qué derecho ejerce y cómo podemos comprobar que es usted. Le respondemos en un plazo de {plazo} días.

# Si no está conforme
Puede reclamar ante la Superintendencia de Protección de Datos Personales del Ecuador.`
