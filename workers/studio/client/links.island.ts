/** "Print poster" goes to one poster, which the print stylesheet then prints alone; here it also opens the printing. */
for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-print]')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    // Set from here, so that the poster is the page's target before the browser draws what it prints.
    location.hash = link.hash;
    print();
  });
}

export {};
