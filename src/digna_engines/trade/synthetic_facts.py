"""What the invented world is made of: rough sizes, so that its figures look plausible and are not.

Incomes are in thousand million US dollars, places in degrees; world trade of a product in million
dollars a year, its price in dollars a kilogram, how much it grows a year, and who sells more of it
than their size would make one expect. All of it is rounded on purpose: nothing is a statistic.
"""

from typing import NamedTuple


class Land(NamedTuple):
    """A country: its number in trade data, letters, income, latitude and longitude."""

    code: int
    iso3: str
    iso2: str
    name: str
    income: float
    lat: float
    lon: float


class Good(NamedTuple):
    """A product: world trade, price, growth, and advantages by letters."""

    code: str
    name: str
    world: float
    price: float
    growth: float
    sellers: str


LANDS = tuple(
    Land(*row)
    for row in (
        (32, "ARG", "AR", "Argentina", 600, -34.6, -58.4),
        (36, "AUS", "AU", "Australia", 1700, -35.3, 149.1),
        (40, "AUT", "AT", "Austria", 480, 48.2, 16.4),
        (56, "BEL", "BE", "Belgium", 600, 50.9, 4.4),
        (68, "BOL", "BO", "Bolivia", 45, -16.5, -68.2),
        (76, "BRA", "BR", "Brazil", 2000, -15.8, -47.9),
        (124, "CAN", "CA", "Canada", 2100, 45.4, -75.7),
        (152, "CHL", "CL", "Chile", 320, -33.5, -70.7),
        (156, "CHN", "CN", "China", 17800, 39.9, 116.4),
        (170, "COL", "CO", "Colombia", 350, 4.7, -74.1),
        (188, "CRI", "CR", "Costa Rica", 80, 9.9, -84.1),
        (208, "DNK", "DK", "Denmark", 400, 55.7, 12.6),
        (218, "ECU", "EC", "Ecuador", 115, -0.2, -78.5),
        (231, "ETH", "ET", "Ethiopia", 150, 9.0, 38.7),
        (251, "FRA", "FR", "France", 3000, 48.9, 2.4),
        (276, "DEU", "DE", "Germany", 4400, 52.5, 13.4),
        (288, "GHA", "GH", "Ghana", 75, 5.6, -0.2),
        (320, "GTM", "GT", "Guatemala", 100, 14.6, -90.5),
        (340, "HND", "HN", "Honduras", 33, 14.1, -87.2),
        (360, "IDN", "ID", "Indonesia", 1350, -6.2, 106.8),
        (380, "ITA", "IT", "Italy", 2200, 41.9, 12.5),
        (384, "CIV", "CI", "Côte d'Ivoire", 78, 6.8, -5.3),
        (392, "JPN", "JP", "Japan", 4200, 35.7, 139.7),
        (410, "KOR", "KR", "Republic of Korea", 1700, 37.6, 127.0),
        (484, "MEX", "MX", "Mexico", 1700, 19.4, -99.1),
        (528, "NLD", "NL", "Netherlands", 1100, 52.4, 4.9),
        (554, "NZL", "NZ", "New Zealand", 250, -41.3, 174.8),
        (566, "NGA", "NG", "Nigeria", 400, 9.1, 7.5),
        (579, "NOR", "NO", "Norway", 480, 59.9, 10.8),
        (600, "PRY", "PY", "Paraguay", 43, -25.3, -57.6),
        (604, "PER", "PE", "Peru", 265, -12.1, -77.0),
        (616, "POL", "PL", "Poland", 800, 52.2, 21.0),
        (643, "RUS", "RU", "Russian Federation", 2000, 55.8, 37.6),
        (682, "SAU", "SA", "Saudi Arabia", 1050, 24.7, 46.7),
        (699, "IND", "IN", "India", 3500, 28.6, 77.2),
        (704, "VNM", "VN", "Viet Nam", 430, 21.0, 105.9),
        (710, "ZAF", "ZA", "South Africa", 380, -25.8, 28.2),
        (724, "ESP", "ES", "Spain", 1600, 40.4, -3.7),
        (752, "SWE", "SE", "Sweden", 590, 59.3, 18.1),
        (757, "CHE", "CH", "Switzerland", 880, 46.9, 7.4),
        (784, "ARE", "AE", "United Arab Emirates", 500, 24.5, 54.4),
        (792, "TUR", "TR", "Türkiye", 1100, 39.9, 32.9),
        (826, "GBR", "GB", "United Kingdom", 3300, 51.5, -0.1),
        (842, "USA", "US", "USA", 27000, 38.9, -77.0),
        (858, "URY", "UY", "Uruguay", 77, -34.9, -56.2),
    )
)
GOODS = tuple(
    Good(*row)
    for row in (
        ("040900", "Honey: natural", 2400, 3.2, 0.02, "ARG NZL CHN URY"),
        ("071333", "Kidney beans: dried", 1500, 1.1, 0.03, "ARG USA CHN"),
        ("071490", "Roots and tubers: other", 400, 1.3, 0.04, "CRI PER"),
        ("080121", "Brazil nuts: in shell", 40, 2.6, 0.01, "BRA PER"),
        ("080122", "Brazil nuts: shelled", 330, 7.2, 0.03, "PER BRA"),
        ("080390", "Bananas: fresh or dried", 13000, 0.6, 0.02, "ECU CRI GTM COL"),
        ("080430", "Pineapples: fresh or dried", 2300, 0.7, 0.03, "CRI MEX"),
        ("081190", "Fruit: frozen, other", 4100, 2.6, 0.05, "CHL PER MEX POL"),
        ("081340", "Fruit: dried, other", 700, 4.2, 0.04, "CHL TUR"),
        (
            "090111",
            "Coffee: not roasted, not decaffeinated",
            28000,
            4.1,
            0.06,
            "BRA VNM COL ETH HND",
        ),
        ("090112", "Coffee: not roasted, decaffeinated", 1100, 4.9, 0.04, "DEU VNM MEX"),
        ("090121", "Coffee: roasted, not decaffeinated", 14500, 9.5, 0.06, "ITA CHE DEU"),
        ("090122", "Coffee: roasted, decaffeinated", 1200, 9.9, 0.05, "ITA CHE"),
        ("090190", "Coffee: husks and skins", 60, 1.9, 0.02, "BRA"),
        ("090421", "Pepper of the genus Capsicum: dried", 1700, 2.5, 0.05, "IND CHN PER"),
        ("090422", "Pepper of the genus Capsicum: ground", 900, 2.9, 0.05, "IND CHN ESP"),
        ("100850", "Cereals: quinoa (Chenopodium quinoa)", 230, 2.3, 0.02, "PER"),
        ("100890", "Cereals: n.e.c. in chapter 10", 170, 0.7, 0.03, "IND"),
        ("110290", "Cereal flours: other", 320, 0.9, 0.04, "USA"),
        ("110419", "Cereal grains: flaked, other", 210, 0.8, 0.03, "DEU"),
        ("110429", "Cereal grains: worked, other", 380, 0.8, 0.03, "DEU"),
        ("110620", "Flour and meal: of roots", 160, 1.7, 0.05, "PER IDN"),
        ("120190", "Soya beans: other than seed", 88000, 0.55, 0.03, "BRA USA ARG PRY"),
        ("120241", "Ground-nuts: in shell", 450, 1.4, 0.02, "CHN USA"),
        ("120242", "Ground-nuts: shelled", 3400, 1.5, 0.04, "ARG IND"),
        ("120740", "Sesamum seeds", 3900, 1.8, 0.04, "NGA IND ETH"),
        ("120799", "Oil seeds: other (chia among them)", 820, 2.4, 0.05, "PRY ARG"),
        ("121190", "Plants for medicine and perfume", 3600, 4.6, 0.04, "IND CHN MEX"),
        ("180100", "Cocoa beans: whole or broken", 9800, 2.8, 0.05, "CIV GHA ECU NGA"),
        ("180310", "Cocoa paste: not defatted", 3600, 4.1, 0.05, "CIV NLD"),
        ("180400", "Cocoa butter", 5900, 5.6, 0.05, "NLD CIV IDN"),
        ("180500", "Cocoa powder: not sweetened", 3000, 3.3, 0.05, "NLD DEU"),
        ("180632", "Chocolate: in blocks, not filled", 3900, 5.8, 0.05, "BEL DEU CHE"),
        ("180690", "Chocolate: other", 13500, 5.9, 0.05, "DEU BEL ITA"),
        ("190410", "Cereals: puffed or roasted", 3300, 2.9, 0.03, "GBR MEX"),
        ("190420", "Cereal preparations: of flakes", 2100, 3.6, 0.04, "DEU USA"),
        ("200799", "Jams and fruit purees", 2700, 1.9, 0.03, "FRA TUR CHL"),
        ("200811", "Ground-nuts: prepared", 1900, 2.4, 0.04, "CHN ARG"),
        ("200891", "Palm hearts: preserved", 170, 2.9, 0.02, "ECU CRI"),
        ("210111", "Extracts of coffee", 7600, 9.2, 0.05, "BRA VNM DEU"),
        ("220421", "Wine: in small bottles", 25500, 5.4, 0.02, "FRA ITA ESP CHL"),
        ("220820", "Spirits of grape wine", 5600, 13.5, 0.01, "FRA"),
        ("330129", "Essential oils: other", 1900, 24.0, 0.05, "IND CHN"),
        ("410411", "Leather: wet blue, full grain", 2100, 2.1, -0.04, "BRA USA PRY"),
        ("410792", "Leather: finished, grain split", 2600, 11.0, -0.03, "ITA BRA"),
        ("420221", "Handbags: of leather", 14500, 95.0, 0.05, "ITA FRA CHN"),
        ("440729", "Wood: tropical, sawn, other", 1500, 0.9, 0.0, "IDN BRA"),
        ("440922", "Wood: tropical, shaped", 520, 1.9, 0.01, "BRA IDN"),
        ("441820", "Doors of wood", 2700, 2.6, 0.02, "CHN BRA POL"),
        ("510219", "Fine animal hair: not carded, other", 180, 11.0, 0.01, "PER ZAF"),
        ("510539", "Fine animal hair: carded or combed", 260, 17.0, 0.01, "PER CHN"),
        ("510820", "Yarn of fine animal hair: combed", 120, 34.0, 0.01, "PER ITA"),
        ("610910", "T-shirts: of cotton", 28000, 17.0, 0.02, "CHN TUR IND"),
        ("611019", "Jerseys: of other fine hair", 620, 78.0, 0.02, "PER CHN ITA"),
        ("611710", "Shawls and scarves: knitted", 900, 33.0, 0.01, "CHN ITA"),
        ("621420", "Shawls and scarves: of wool", 520, 62.0, 0.0, "IND ITA"),
        ("650400", "Hats: plaited", 260, 17.0, 0.02, "CHN ECU MEX"),
        ("691390", "Ceramics: ornamental", 480, 4.4, 0.01, "CHN ITA"),
        ("711311", "Jewellery: of silver", 9200, 720.0, 0.03, "ITA IND"),
        ("711319", "Jewellery: of gold", 88000, 21000.0, 0.03, "IND ARE ITA CHE"),
        ("940360", "Furniture: wooden, other", 29000, 3.1, 0.02, "CHN VNM POL"),
    )
)
TARGETS = {
    "040900": 0.3, "071333": 22.0, "080121": 0.9, "080122": 128.0, "080390": 38.0, "080430": 4.1,
    "081190": 2.2, "090111": 14.5, "090121": 0.5, "100850": 46.5, "100890": 5.4, "110290": 0.6,
    "110419": 0.9, "110620": 0.05, "120190": 210.0, "120242": 17.0, "120740": 12.5,
    "120799": 31.0, "121190": 1.9, "180100": 1.8, "180632": 0.4, "190410": 0.7, "200891": 11.0,
    "220421": 1.4, "220820": 0.5, "410411": 14.0, "410792": 16.0, "420221": 0.4, "440729": 12.0,
    "440922": 22.0, "441820": 15.0, "510219": 3.4, "510539": 6.1, "510820": 1.2, "610910": 5.2,
    "611019": 2.6, "611710": 0.4, "621420": 0.3, "650400": 0.4, "711311": 1.1, "711319": 72.0,
    "940360": 6.0,
}  # fmt: skip
"""What Bolivia sells of each product in the last year, in million dollars: of a plausible size."""
