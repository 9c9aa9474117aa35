import { businessOf, type BusinessRow } from '../shapes.ts';
import { fashionAndTech } from './fashion-and-tech.ts';
import { foodAndHome } from './food-and-home.ts';
import { organisers } from './organisers.ts';

export function businessRows(): BusinessRow[] {
  return [...organisers, ...foodAndHome, ...fashionAndTech].map(businessOf);
}
