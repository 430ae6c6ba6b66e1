/**
 * The only script of the pages: shows a button beside each address that copies it. Without it, a press on the address selects the whole of
 * it. CloudFront and the preview allow exactly these bytes (lib/delivery.ts names their hash), and no other script.
 */
export const COPY_SCRIPT =
  'if(navigator.clipboard)for(const button of document.querySelectorAll("button[data-copied]")){button.hidden=false;button.addEventListener("click",async()=>{const address=button.previousElementSibling;try{await navigator.clipboard.writeText(address.textContent);button.textContent=button.dataset.copied}catch{getSelection().selectAllChildren(address)}})}';

/** Whether finished HTML has something to copy. */
export const hasCopyButton = (html: string): boolean => html.includes(" data-copied=");
