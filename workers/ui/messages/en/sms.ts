/**
 * What we send as text messages. Plain letters only: one curly quote turns a text into UCS-2, which halves what fits in a
 * part and doubles its price.
 */
export const sms = {
  code: {
    sign_in: (code: string) => `${code} is your 247GBS Expo sign-in code.`,
    prove_again: (code: string) => `${code} confirms that it is you at 247GBS Expo.`,
    confirm_device: (code: string) => `${code} lets your new device in at 247GBS Expo.`,
    add_address: (code: string) => `${code} adds this number to your 247GBS Expo account.`,
  },
  rules: (minutes: number) => `Works once, for ${minutes} minutes. Give it to nobody.`,
};
