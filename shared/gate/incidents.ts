/** What merging a scanner's log may bring to light. Said to supervisors at once; nobody is accused by it. */
export const incidentKinds = [
  /** More people came in on a ticket than it admits: two gates could not hear each other. */
  'double_admission',
  /** Let in by a gate that could not know that the ticket had been refunded, suspended or replaced. */
  'void_when_used',
  /** Let in by a gate on a code that the event does not hold to be genuine. */
  'not_genuine',
  /** Records of a locked scanner from after it was locked: kept as evidence, and not counted. */
  'after_revocation',
  /** Numbers of a scanner's log are missing. Closes by itself when they arrive. */
  'log_gap',
  /** A scanner told the same numbers twice, differently: its memory was set back, or somebody else has its key. */
  'log_forked',
  /** An upload that its scanner's key did not sign, or that was changed on the way. */
  'log_forged',
  /** A scanner's clock was off by more than what the order of passages can bear. */
  'clock_off',
] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** How a supervisor closed one: from a list, so that no log ever holds what somebody typed about a person. */
export const incidentClosings = ['same_person', 'copied_ticket', 'staff_mistake', 'technical', 'passed_on'] as const;
export type IncidentClosing = (typeof incidentClosings)[number];

/** One of the two scans an incident is about. */
export type IncidentScan = {
  readonly scanId: string;
  readonly atMs: number;
  readonly gateId: string;
  readonly deviceId: string;
};
