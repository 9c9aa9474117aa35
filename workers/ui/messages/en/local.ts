/** Pages that exist on a developer's machine only. */
export const local = {
  mailbox: {
    title: 'Mailbox',
    lead: 'Every message this machine would have sent. Nothing left the building.',
    empty: 'No messages yet. Order a ticket, or ask for a sign-in link.',
    to: 'To',
    from: 'From',
    sent: 'Sent',
    text: 'Plain text',
    html: 'As the reader sees it',
    back: 'All messages',
  },
  demo: {
    title: 'Demo sign-ins',
    lead: 'These people exist on this machine only. Pick one and you are them.',
    become: (name: string) => `Sign in as ${name}`,
  },
};
