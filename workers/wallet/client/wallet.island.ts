import { keepWallet } from './wallet-copy.ts';

await keepWallet();
