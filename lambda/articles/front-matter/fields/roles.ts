/**
 * What somebody is, as it follows a name: "Executive Director", "VP of Engineering", "Editor at The Wire", "CEO". Words that are surnames as
 * well ("Fellow", "Page") count only where nobody could mean a name.
 */
const ENGLISH =
  "director|editor|editors|engineer|manager|president|officer|founder|co-?founder|chairman|chairwoman|chairperson|coordinator|secretary|" +
  "professor|lecturer|researcher|scientist|analyst|architect|developer|designer|consultant|evangelist|advocate|maintainer|contributor|" +
  "journalist|reporter|correspondent|columnist|author|writer|translator|photographer|producer|intern|specialist|strategist|administrator|" +
  "ambassador|spokesperson|treasurer|lead|owner|ceo|cto|coo|cfo|cio|ciso|cmo|cpo|evp|svp|vp|sre|phd student";
const OTHERS =
  "directora?|editora|redactora?|redactor jefe|ingeniero|ingeniera|fundadora?|periodista|gerente|presidenta|presidente|jefe|jefa|" +
  "directeur|directrice|rédacteur|rédactrice|ingénieure?|fondateur|fondatrice|journaliste|" +
  "direktor|direktorin|redakteur|redakteurin|ingenieur|ingenieurin|gründer|gründerin|geschäftsführer|geschäftsführerin|" +
  "директор|редактор|главный редактор|инженер|разработчик|разработчица|руководитель|основатель|основательница|корреспондент|журналист|" +
  "журналистка|обозреватель|менеджер|президент|секретарь|профессор|доцент|переводчик|фотограф|аналитик|" +
  "редакторы|директоры|тілші|журналисі";
const ROLE = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${ENGLISH}|${OTHERS}|(?:head|chair|fellow|member|partner) (?:of|at|in))(?![\\p{L}\\p{N}])`,
  "iu",
);
const HAN_ROLE = /(?:主编|总编|编辑|记者|总监|经理|工程师|创始人|教授|主任)$/u;

/** Whether a part of an author list says what somebody is, and names nobody. */
export const isRole = (part: string): boolean => part.length <= LONGEST && (ROLE.test(part) || HAN_ROLE.test(part));

const LONGEST = 120;
