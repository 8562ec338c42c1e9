import {test} from 'vitest';
import {busyState} from '/work/main/test/support/state-fixture.ts';
import {openTestScreen} from '/work/main/test/support/screen.tsx';
test('look', async () => {
 for (const [columns, rows] of [[120,40],[80,24],[60,16],[100,30]] as const) {
  const s = await openTestScreen(busyState(), {columns, rows});
  console.log(s.text().join('\n')); s.close();
 }
});
