// Shows how much of a big file has gone; without this the form is sent as any other.
for (const form of document.querySelectorAll('form[enctype="multipart/form-data"]')) {
  const bar = form.querySelector('progress');
  form.addEventListener('submit', (event) => {
    if (!form.querySelector('input[type=file]')?.files.length) return;
    const request = new XMLHttpRequest();
    bar.closest('[hidden]')?.removeAttribute('hidden');
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener('load', () => {
      history.replaceState(null, '', request.responseURL || location.href);
      document.open();
      document.write(request.responseText);
      document.close();
    });
    request.addEventListener('error', () => form.submit());
    request.open('POST', form.action);
    request.send(new FormData(form));
    event.preventDefault();
  });
}
