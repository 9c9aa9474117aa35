import { productsOf, type ProductRow } from '../shapes.ts';
import { bundled } from './bundled.ts';
import { makers } from './makers.ts';

export function productRows(): ProductRow[] {
  return [
    ...productsOf('GBP', bundled.GBP),
    ...productsOf('NGN', bundled.NGN),
    ...productsOf('GHS', [...bundled.GHS, ...makers.GHS]),
    ...productsOf('KES', [...bundled.KES, ...makers.KES]),
    ...productsOf('GBP', makers.GBP),
  ];
}
