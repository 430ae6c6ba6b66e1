/** Small words of English that other Latin-script languages lack, and small words of those languages. */
export const ENGLISH = new Set(
  (
    "the and of that with for from this have has had was were are is been which their they would will about it its by as not to be can you " +
    "your we our or an at if but there more than when who what said"
  ).split(" "),
);
export const NOT_ENGLISH = new Set(
  (
    "der und das ist nicht ein eine zu den von mit le les des est une dans pour que qui et du el los las una por con para como del il di che " +
    "per della non sono os um uma não em het een van niet voor dat och att som det på ve bir bu için nie jest się na va bilan uchun vir deur " +
    "fan oan yn og til ikke ek dos si ni ang ng sa ku ya ka agus déi och"
  ).split(" "),
);

/** Common English words of lists and headlines, which have few small words. */
export const FAMILIAR = new Set(
  (
    "in new add if over after made get set how why where because these those some other also only just into than first last next " +
    "two three year years days week people way world news government city state school work working could should must might does " +
    "did been being under before between while during through against around until still much such each every both few off down " +
    "again now back very even good high long great little right left small public house life women woman family country president " +
    "police minister percent million today yesterday monday tuesday wednesday thursday friday saturday sunday january february " +
    "march april june july august september october november december page read know think need want help find give take look " +
    "going used using version release released update updated upgrade change changes changed fix fixed fixes remove removed " +
    "support error errors file files list tests build run type value user users notable added adds improve allow return call check " +
    "line issue bug security project example options function"
  ).split(" "),
);
