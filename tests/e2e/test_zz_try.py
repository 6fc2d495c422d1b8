import pytest
import make
from browser import PASSWORD, SIZES, Site, new_window
from digna.accounts.models import Membership, User
from surveys import featured, phone

@pytest.fixture
def site(live_server, transactional_db):
    lead = User(name="Elena Rojas", email="elena@digna.test")
    lead.set_password(PASSWORD)
    lead.save()
    Membership.objects.create(user=lead, role="lead")
    return Site(live_server.url, lead)

def test_try(site: Site, browser, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    form = phone.form(featured.everything(300))
    ctx = new_window(browser, "phone")
    ctx.grant_permissions(["geolocation"]); ctx.set_geolocation({"latitude":-16.5,"longitude":-68.15,"accuracy":4})
    page = ctx.new_page()
    page.on("console", lambda m: print("CONSOLE", m.type, m.text[:300]))
    page.on("pageerror", lambda e: print("ERROR", e, e.stack[:600] if e.stack else ""))
    page.on("framenavigated", lambda f: print("NAV", f.url))
    page.on("request", lambda r: print("REQ", r.method, r.url, r.headers.get("referer")) if "static" not in r.url else None)
    site.sign_in(page)
    r = page.goto(f"{site.url}/campo/formularios/{form.public_id}/")
    print(r.status, r.headers.get("content-security-policy"))
    page.wait_for_timeout(1500)
    page.screenshot(path="/tmp/s1.png", full_page=True)
    page.get_by_role("button", name="Llenar uno nuevo").click()
    page.wait_for_timeout(2500)
    page.screenshot(path="/tmp/s2.png", full_page=True)
    print(page.locator(".ask-form").inner_text()[:2000])
    for n in range(3, 10):
        b = page.locator(".ask-nav__next")
        if not b.count(): break
        b.click(); page.wait_for_timeout(200)
        if "revisar" in page.locator(".ask-kept").inner_text(): b.click(); page.wait_for_timeout(300)
        page.screenshot(path=f"/tmp/s{n}.png", full_page=True)
        print(n, page.locator(".ask-form").inner_text()[:300].replace("\n"," | "))
