/** Signing in by emailed link. */
export const signIn = {
  title: 'Sign in',
  lead: 'No password. We email you a link that works once.',
  email: 'Email',
  send: 'Email me a link',
  sentTitle: 'Look in your inbox',
  sentDetail: (email: string) =>
    `If ${email} can sign in here, a link is on its way. It works once, for a few minutes.`,
  sentAgain: 'Nothing there? Check the spam folder, or ask for another link.',
  another: 'Send another',
  emailError: 'Enter an email address, such as amara@example.com.',
  linkTitle: 'Welcome back',
  linkDetail: 'One click and you are signed in on this device.',
  linkButton: 'Sign in',
  orderLinkTitle: 'Your tickets are here',
  orderLinkDetail: 'Open them on this device. They stay in its wallet.',
  orderLinkButton: 'Open my tickets',
  backToOrder: 'Back to the order',
  onlyYou: 'This extra click keeps mail scanners from using up your link.',
};
