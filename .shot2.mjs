import { chromium } from 'playwright-core';
const base='http://localhost:8802';
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox']});
const ctx=await b.newContext({baseURL:base,viewport:{width:390,height:844}});
const p=await ctx.newPage();
p.on('console',m=>m.type()==='error'&&console.log('console',p.url(),m.text()));
const shot=async(name,page=p)=>{for(const [w,h,t] of [[390,844,'light'],[1280,900,'dark']]){await page.setViewportSize({width:w,height:h});await page.emulateMedia({colorScheme:t});await page.screenshot({path:`/tmp/acc-shots/${name}-${w}-${t}.png`,fullPage:true});}await page.setViewportSize({width:390,height:844});};
const api=async(page,email,quantity,slug='open-days',typeId='community-entry')=>{if(page.url()==='about:blank')await page.goto('/');return page.evaluate(async([email,quantity,slug,typeId])=>(await fetch('/api/v1/orders',{method:'POST',headers:{'content-type':'application/json','idempotency-key':crypto.randomUUID()},body:JSON.stringify({event:slug,lines:[{typeId,quantity}],contact:{name:'Ama Mensah',email}})})).json(),[email,quantity,slug,typeId])};
const codeFor=async(to,after='')=>{for(let i=0;i<60;i++){const t=await (await fetch(base+'/local/mailbox')).text();const items=t.split('<li').filter(x=>x.includes(to));for(const it of items){const m=it.match(/>\s*(\d{6})\b/)||it.match(/\b(\d{6})\b/);if(m&&m[1]!==after)return m[1];}await new Promise(r=>setTimeout(r,300));}throw 'no code '+to};
const email='guest.keep'+Date.now()+'@example.org';
const a=await api(p,email,2);
const other=await api(p,'someone.else@example.org',1);
await p.goto('/orders/'+a.orderId);await shot('keep-offer');
await p.getByRole('button',{name:'Send me the code'}).click();
await p.getByLabel('Code from the mail').waitFor();console.log(p.url());
await shot('keep-code');
const code=await codeFor(email);console.log(code);
await p.getByLabel('Code from the mail').fill('000000');await p.getByRole('button',{name:'Keep my tickets'}).click();await p.getByText('That is not the code').waitFor();await shot('keep-wrong');
await p.getByLabel('Code from the mail').fill(code);await p.getByRole('button',{name:'Keep my tickets'}).click();
await p.waitForTimeout(1500);console.log('after',p.url());await shot('after-keep');
for(const [n,u] of [['account','/account'],['security','/account/security'],['profile','/account/profile'],['email','/account/profile/email'],['phone','/account/profile/phone'],['wallet','/wallet'],['erase','/account/data/erase']]){const r=await p.goto(u);await p.waitForTimeout(300);console.log(n,r.status(),p.url());await shot(n);}
await p.goto('/account/profile/email');const nw='new.'+email;await p.getByLabel('New email').fill(nw);await p.getByRole('button',{name:'Send a code'}).click();await p.waitForTimeout(500);console.log(p.url());await shot('email-code');
const c2=await codeFor(nw);await p.getByLabel('Code',{exact:true}).fill(c2);await p.getByRole('button',{name:'Use this address'}).click();await p.waitForTimeout(800);console.log(p.url());await shot('profile-saved');
await p.goto('/wallet');console.log('stubs',await p.locator('.stub').count());
// export
await p.goto('/account/data');const [dl]=await Promise.all([p.waitForEvent('download'),p.getByRole('button',{name:'Download my data'}).click()]);const fs=await import('fs');const txt=fs.readFileSync(await dl.path(),'utf8');console.log(dl.suggestedFilename(),txt.length,txt.includes(nw));fs.writeFileSync('/tmp/acc-shots/export.json',txt);
await p.goto('/account/data/erase');await p.getByLabel('I give up these tickets').check();await p.getByLabel('Type ERASE to confirm').fill('ERASE');await p.getByRole('button',{name:/Erase my account/}).click();await p.waitForTimeout(800);console.log(p.url());await shot('erased');
await p.goto('/wallet');console.log('stubs',await p.locator('.stub').count());
await b.close();
