"""The tables behind `models.ground.places`: what a place is called, officially and aloud. Data only; one place a line.

Provinces: the 34 units in force since 01/07/2025 (Resolution 202/2025/QH15), with the numbers of the General
Statistics Office (Decision 19/2025/QD-TTg) - not those of ISO 3166-2, which count the former 63. A literal table,
because importing the `vietnam-provinces` library costs about 80 ms; a test compares the two.
Countries: ISO 3166-1 alpha-2. Vietnamese names as newspapers write them: the translations that come with pycountry
("Ăn-đoa-râ", "Nam Dương", "Căm Bốt") are not what people say. Places without inhabitants are left out.
"""

from __future__ import annotations

# number | Vietnamese | English, in the official order (north to south) | other spellings
PROVINCES = """
01 | Hà Nội | Hanoi | HN, Thủ đô, Thủ đô Hà Nội
04 | Cao Bằng | Cao Bang
08 | Tuyên Quang | Tuyen Quang
11 | Điện Biên | Dien Bien
12 | Lai Châu | Lai Chau
14 | Sơn La | Son La
15 | Lào Cai | Lao Cai | Lao Cay, Lào Kay
19 | Thái Nguyên | Thai Nguyen
20 | Lạng Sơn | Lang Son
22 | Quảng Ninh | Quang Ninh
24 | Bắc Ninh | Bac Ninh
25 | Phú Thọ | Phu Tho
31 | Hải Phòng | Hai Phong
33 | Hưng Yên | Hung Yen
37 | Ninh Bình | Ninh Binh
38 | Thanh Hóa | Thanh Hoa
40 | Nghệ An | Nghe An
42 | Hà Tĩnh | Ha Tinh
44 | Quảng Trị | Quang Tri
46 | Huế | Hue | Thừa Thiên Huế, Thừa Thiên, TT Huế, TTH
48 | Đà Nẵng | Da Nang
51 | Quảng Ngãi | Quang Ngai
52 | Gia Lai | Gia Lai
56 | Khánh Hòa | Khanh Hoa
66 | Đắk Lắk | Dak Lak | Đắc Lắc, Đắk Lắc, Đắc Lắk
68 | Lâm Đồng | Lam Dong
75 | Đồng Nai | Dong Nai
79 | TP Hồ Chí Minh | Ho Chi Minh City | Hồ Chí Minh, Thành phố Hồ Chí Minh, TPHCM, TP HCM, HCM, HCMC, Sài Gòn, SG, Saigon
80 | Tây Ninh | Tay Ninh
82 | Đồng Tháp | Dong Thap
86 | Vĩnh Long | Vinh Long
91 | An Giang | An Giang
92 | Cần Thơ | Can Tho
96 | Cà Mau | Ca Mau
"""

# the former provinces that joined each of today's (Resolution 202/2025/QH15, article 1): 29 of the 63
FORMER = """
08 | Hà Giang
15 | Yên Bái
19 | Bắc Kạn, Bắc Cạn
25 | Vĩnh Phúc, Hòa Bình
24 | Bắc Giang
33 | Thái Bình
31 | Hải Dương
37 | Hà Nam, Nam Định, Hà Nam Ninh
44 | Quảng Bình
48 | Quảng Nam
51 | Kon Tum, Kontum, Công Tum
52 | Bình Định
56 | Ninh Thuận
68 | Đắk Nông, Đắc Nông, Bình Thuận
66 | Phú Yên
79 | Bình Dương, Bà Rịa Vũng Tàu, Bà Rịa, Vũng Tàu, BRVT, BR VT
75 | Bình Phước
80 | Long An
92 | Sóc Trăng, Hậu Giang
86 | Bến Tre, Trà Vinh
82 | Tiền Giang
96 | Bạc Liêu
91 | Kiên Giang
"""

# towns and industrial places people name instead of the province; names that mean one place to most
TOWNS = """
01 | Hà Đông, Gia Lâm, Đông Anh, Sóc Sơn, Cầu Giấy, Hoàn Kiếm
15 | Sa Pa, Sapa
19 | Phổ Yên, Sông Công
22 | Hạ Long, Cẩm Phả, Uông Bí, Móng Cái
24 | Từ Sơn, Yên Phong, Quế Võ, Việt Yên
25 | Việt Trì, Vĩnh Yên, Phúc Yên, Bình Xuyên
38 | Nghi Sơn, Sầm Sơn
40 | Vinh, Cửa Lò
42 | Vũng Áng, Kỳ Anh
44 | Đông Hà, Đồng Hới
48 | Tam Kỳ, Hội An, Chu Lai
51 | Dung Quất
52 | Quy Nhơn, Pleiku, Plây Cu
56 | Nha Trang, Cam Ranh, Phan Rang
66 | Buôn Ma Thuột, Buôn Mê Thuột, Ban Mê Thuột, Tuy Hòa
68 | Đà Lạt, Bảo Lộc, Phan Thiết, Gia Nghĩa
75 | Biên Hòa, Long Thành, Nhơn Trạch, Trảng Bom, Long Khánh, Đồng Xoài, Chơn Thành
79 | Thủ Đức, Dĩ An, Thuận An, Thủ Dầu Một, Bến Cát, Tân Uyên, Sóng Thần, Củ Chi, Hóc Môn, Bình Chánh, Gò Vấp, Nhà Bè, Côn Đảo
80 | Đức Hòa, Bến Lức, Cần Giuộc, Trảng Bàng
82 | Mỹ Tho, Cao Lãnh, Sa Đéc
91 | Long Xuyên, Rạch Giá, Phú Quốc, Châu Đốc, Hà Tiên
92 | Ninh Kiều, Vị Thanh
"""

# code | Vietnamese | English | spoken names and old spellings
COUNTRIES = """
AD | Andorra | Andorra
AE | UAE | United Arab Emirates | Các Tiểu vương quốc Ả Rập Thống nhất, Tiểu vương quốc Ả Rập, Emirates
AF | Afghanistan | Afghanistan
AG | Antigua và Barbuda | Antigua and Barbuda
AI | Anguilla | Anguilla
AL | Albania | Albania | An-ba-ni
AM | Armenia | Armenia | Ác-mê-ni-a
AO | Angola | Angola | Ăng-gô-la
AR | Argentina | Argentina | Ác-hen-ti-na
AS | Samoa thuộc Mỹ | American Samoa
AT | Áo | Austria
AU | Úc | Australia | Ô-xtrây-li-a, Nước Úc
AW | Aruba | Aruba
AX | Quần đảo Åland | Åland Islands
AZ | Azerbaijan | Azerbaijan
BA | Bosnia và Herzegovina | Bosnia and Herzegovina | Bosnia
BB | Barbados | Barbados
BD | Bangladesh | Bangladesh | Băng-la-đét
BE | Bỉ | Belgium
BF | Burkina Faso | Burkina Faso
BG | Bulgaria | Bulgaria | Bungari, Bun-ga-ri
BH | Bahrain | Bahrain | Ba-ranh
BI | Burundi | Burundi
BJ | Benin | Benin
BL | Saint-Barthélemy | Saint Barthélemy
BM | Bermuda | Bermuda
BN | Brunei | Brunei
BO | Bolivia | Bolivia
BQ | Ca-ri-bê thuộc Hà Lan | Caribbean Netherlands
BR | Brazil | Brazil | Bra-xin
BS | Bahamas | Bahamas
BT | Bhutan | Bhutan
BW | Botswana | Botswana
BY | Belarus | Belarus | Bê-la-rút
BZ | Belize | Belize
CA | Canada | Canada | Ca-na-đa
CC | Quần đảo Cocos | Cocos (Keeling) Islands
CD | CHDC Congo | DR Congo | Cộng hòa Dân chủ Congo
CF | Cộng hòa Trung Phi | Central African Republic
CG | Congo | Congo
CH | Thụy Sĩ | Switzerland | Thụy Sỹ
CI | Bờ Biển Ngà | Côte d'Ivoire | Ivory Coast
CK | Quần đảo Cook | Cook Islands
CL | Chile | Chile | Chi-lê
CM | Cameroon | Cameroon
CN | Trung Quốc | China | TQ, Trung Hoa
CO | Colombia | Colombia
CR | Costa Rica | Costa Rica
CU | Cuba | Cuba | Cu-ba
CV | Cabo Verde | Cabo Verde
CW | Curaçao | Curaçao
CX | Đảo Christmas | Christmas Island
CY | Síp | Cyprus | Đảo Síp
CZ | Séc | Czechia | Cộng hòa Séc, CH Séc, Tiệp, Tiệp Khắc, Czech, Czech Republic
DE | Đức | Germany | Cộng hòa Liên bang Đức, CHLB Đức, Deutschland
DJ | Djibouti | Djibouti
DK | Đan Mạch | Denmark
DM | Dominica | Dominica
DO | Cộng hòa Dominica | Dominican Republic
DZ | Algeria | Algeria | An-giê-ri
EC | Ecuador | Ecuador
EE | Estonia | Estonia
EG | Ai Cập | Egypt
EH | Tây Sahara | Western Sahara
ER | Eritrea | Eritrea
ES | Tây Ban Nha | Spain
ET | Ethiopia | Ethiopia
FI | Phần Lan | Finland
FJ | Fiji | Fiji
FK | Quần đảo Falkland | Falkland Islands
FM | Micronesia | Micronesia
FO | Quần đảo Faroe | Faroe Islands
FR | Pháp | France
GA | Gabon | Gabon
GB | Anh | United Kingdom | Vương quốc Anh, Anh Quốc, UK, England, Great Britain, Scotland, Wales, Bắc Ireland
GD | Grenada | Grenada
GE | Gruzia | Georgia | Gru-di-a
GF | Guiana thuộc Pháp | French Guiana
GG | Guernsey | Guernsey
GH | Ghana | Ghana | Ga-na
GI | Gibraltar | Gibraltar
GL | Greenland | Greenland
GM | Gambia | Gambia
GN | Guinea | Guinea
GP | Guadeloupe | Guadeloupe
GQ | Guinea Xích Đạo | Equatorial Guinea
GR | Hy Lạp | Greece
GT | Guatemala | Guatemala
GU | Guam | Guam
GW | Guinea-Bissau | Guinea-Bissau
GY | Guyana | Guyana
HK | Hồng Kông | Hong Kong | Hồng Công, Hongkong
HN | Honduras | Honduras
HR | Croatia | Croatia | Crô-a-ti-a
HT | Haiti | Haiti
HU | Hungary | Hungary | Hungari, Hung-ga-ri
ID | Indonesia | Indonesia | In-đô-nê-xi-a, Indo
IE | Ireland | Ireland | Ai-len
IL | Israel | Israel | I-xra-en, Do Thái
IM | Đảo Man | Isle of Man
IN | Ấn Độ | India
IQ | Iraq | Iraq | I-rắc
IR | Iran | Iran
IS | Iceland | Iceland | Ai-xơ-len
IT | Ý | Italy | Italia, I-ta-li-a
JE | Jersey | Jersey
JM | Jamaica | Jamaica
JO | Jordan | Jordan | Gioóc-đa-ni
JP | Nhật Bản | Japan | Nhật, Nhật Bổn, Nippon
KE | Kenya | Kenya
KG | Kyrgyzstan | Kyrgyzstan
KH | Campuchia | Cambodia | Cam-pu-chia, Căm-pu-chia, Cam Bốt
KI | Kiribati | Kiribati
KM | Comoros | Comoros
KN | Saint Kitts và Nevis | Saint Kitts and Nevis
KP | Triều Tiên | North Korea | Bắc Triều Tiên, CHDCND Triều Tiên
KR | Hàn Quốc | South Korea | Hàn, Đại Hàn, Nam Hàn, Korea
KW | Kuwait | Kuwait | Cô-oét
KY | Quần đảo Cayman | Cayman Islands
KZ | Kazakhstan | Kazakhstan | Ka-dắc-xtan
LA | Lào | Laos | CHDCND Lào, Lao PDR
LB | Lebanon | Lebanon | Li-băng
LC | Saint Lucia | Saint Lucia
LI | Liechtenstein | Liechtenstein
LK | Sri Lanka | Sri Lanka
LR | Liberia | Liberia
LS | Lesotho | Lesotho
LT | Litva | Lithuania | Lít-va
LU | Luxembourg | Luxembourg | Lúc-xăm-bua
LV | Latvia | Latvia | Lát-vi-a
LY | Libya | Libya | Li-bi
MA | Maroc | Morocco | Ma-rốc
MC | Monaco | Monaco
MD | Moldova | Moldova | Môn-đô-va
ME | Montenegro | Montenegro
MF | Saint-Martin | Saint Martin
MG | Madagascar | Madagascar
MH | Quần đảo Marshall | Marshall Islands
MK | Bắc Macedonia | North Macedonia | Macedonia
ML | Mali | Mali
MM | Myanmar | Myanmar | Miến Điện, Mi-an-ma, Burma
MN | Mông Cổ | Mongolia
MO | Ma Cao | Macao | Macau, Áo Môn
MP | Quần đảo Bắc Mariana | Northern Mariana Islands | Saipan
MQ | Martinique | Martinique
MR | Mauritania | Mauritania
MS | Montserrat | Montserrat
MT | Malta | Malta
MU | Mauritius | Mauritius
MV | Maldives | Maldives
MW | Malawi | Malawi
MX | Mexico | Mexico | Mê-hi-cô
MY | Malaysia | Malaysia | Mã Lai, Malai, Ma-lai-xi-a
MZ | Mozambique | Mozambique | Mô-dăm-bích
NA | Namibia | Namibia
NC | New Caledonia | New Caledonia
NE | Niger | Niger
NF | Đảo Norfolk | Norfolk Island
NG | Nigeria | Nigeria
NI | Nicaragua | Nicaragua
NL | Hà Lan | Netherlands | Hòa Lan, Holland, The Netherlands
NO | Na Uy | Norway
NP | Nepal | Nepal
NR | Nauru | Nauru
NU | Niue | Niue
NZ | New Zealand | New Zealand | Niu Di-lân, Tân Tây Lan
OM | Oman | Oman | Ô-man
PA | Panama | Panama
PE | Peru | Peru
PF | Polynesia thuộc Pháp | French Polynesia | Tahiti
PG | Papua New Guinea | Papua New Guinea
PH | Philippines | Philippines | Philippin, Phi-líp-pin, Phi Luật Tân
PK | Pakistan | Pakistan
PL | Ba Lan | Poland
PM | Saint-Pierre và Miquelon | Saint Pierre and Miquelon
PN | Quần đảo Pitcairn | Pitcairn Islands
PR | Puerto Rico | Puerto Rico
PS | Palestine | Palestine | Pa-le-xtin
PT | Bồ Đào Nha | Portugal
PW | Palau | Palau
PY | Paraguay | Paraguay
QA | Qatar | Qatar | Ca-ta
RE | Réunion | Réunion
RO | Rumani | Romania | Ru-ma-ni, Rumania
RS | Serbia | Serbia | Xéc-bi-a
RU | Nga | Russia | Liên bang Nga, LB Nga, Russian Federation, Liên Xô
RW | Rwanda | Rwanda
SA | Ả Rập Xê Út | Saudi Arabia | Ả Rập, Ả Rập Saudi, A-rập Xê-út, Xê Út, Saudi
SB | Quần đảo Solomon | Solomon Islands
SC | Seychelles | Seychelles
SD | Sudan | Sudan
SE | Thụy Điển | Sweden
SG | Singapore | Singapore | Xin-ga-po, Sing, Tân Gia Ba
SH | Saint Helena | Saint Helena
SI | Slovenia | Slovenia | Xlô-ven-ni-a
SJ | Svalbard và Jan Mayen | Svalbard and Jan Mayen
SK | Slovakia | Slovakia | Xlô-va-ki-a
SL | Sierra Leone | Sierra Leone
SM | San Marino | San Marino
SN | Senegal | Senegal
SO | Somalia | Somalia
SR | Suriname | Suriname
SS | Nam Sudan | South Sudan
ST | São Tomé và Príncipe | São Tomé and Príncipe
SV | El Salvador | El Salvador
SX | Sint Maarten | Sint Maarten
SY | Syria | Syria | Xi-ri
SZ | Eswatini | Eswatini
TC | Quần đảo Turks và Caicos | Turks and Caicos Islands
TD | Chad | Chad
TG | Togo | Togo
TH | Thái Lan | Thailand | Thái
TJ | Tajikistan | Tajikistan
TK | Tokelau | Tokelau
TL | Đông Timor | Timor-Leste
TM | Turkmenistan | Turkmenistan
TN | Tunisia | Tunisia
TO | Tonga | Tonga
TR | Thổ Nhĩ Kỳ | Türkiye | Turkey, Thổ
TT | Trinidad và Tobago | Trinidad and Tobago
TV | Tuvalu | Tuvalu
TW | Đài Loan | Taiwan | Đài
TZ | Tanzania | Tanzania
UA | Ukraina | Ukraine | U-crai-na
UG | Uganda | Uganda
US | Mỹ | United States | Hoa Kỳ, USA, US, America, United States of America
UY | Uruguay | Uruguay
UZ | Uzbekistan | Uzbekistan
VA | Vatican | Vatican City | Tòa Thánh
VC | Saint Vincent và Grenadines | Saint Vincent and the Grenadines
VE | Venezuela | Venezuela
VG | Quần đảo Virgin thuộc Anh | British Virgin Islands
VI | Quần đảo Virgin thuộc Mỹ | U.S. Virgin Islands
VU | Vanuatu | Vanuatu
WF | Wallis và Futuna | Wallis and Futuna
WS | Samoa | Samoa
YE | Yemen | Yemen
YT | Mayotte | Mayotte
ZA | Nam Phi | South Africa
ZM | Zambia | Zambia
ZW | Zimbabwe | Zimbabwe
"""

# cities and regions abroad where many Vietnamese work or study
CITIES = """
AE | Dubai, Đu-bai, Abu Dhabi
AO | Luanda
AT | Viên Áo, Vienna, Wien
AU | Sydney, Melbourne, Brisbane, Perth, Adelaide, Canberra, Darwin
BE | Brussels, Antwerp
BG | Sofia
BY | Minsk
CA | Toronto, Vancouver, Montreal, Calgary, Ottawa, Edmonton, Winnipeg, Quebec
CH | Zurich, Geneva, Giơ-ne-vơ
CN | Bắc Kinh, Beijing, Thượng Hải, Shanghai, Quảng Châu, Guangzhou, Thâm Quyến, Shenzhen, Quảng Tây, Quảng Đông, Nanning, Dongguan, Vân Nam, Côn Minh, Bằng Tường
CZ | Praha, Prague, Brno, Cheb, Plzen, Ostrava
DE | Berlin, Hamburg, Munich, München, Muenchen, Frankfurt, Leipzig, Dresden, Köln, Cologne, Stuttgart, Dusseldorf, Düsseldorf, Hannover, Nuremberg, Nürnberg, Bremen, Rostock, Chemnitz, Magdeburg, Erfurt
DK | Copenhagen
DZ | Algiers
ES | Madrid, Barcelona
FI | Helsinki
FR | Paris, Pa-ri, Lyon, Marseille, Toulouse
GB | London, Luân Đôn, Manchester, Birmingham, Liverpool, Glasgow
GR | Athens
HK | Cửu Long, Kowloon
HU | Budapest, Bu-đa-pét
ID | Jakarta, Gia-các-ta
IE | Dublin
IL | Tel Aviv, Jerusalem
IN | New Delhi, Mumbai
IT | Rome, Roma, Milan, Milano
JP | Tokyo, Tô-ky-ô, Osaka, Ô-xa-ca, Nagoya, Kyoto, Kobe, Fukuoka, Hiroshima, Yokohama, Saitama, Chiba, Kanagawa, Aichi, Gifu, Shizuoka, Ibaraki, Gunma, Tochigi, Hokkaido, Sapporo, Sendai, Okinawa, Nagano, Niigata, Mie, Hyogo, Okayama, Kumamoto, Kagoshima, Nara, Shiga, Toyama, Ishikawa, Fukushima, Miyagi, Kagawa, Ehime, Nagasaki, Oita, Miyazaki, Yamaguchi, Yamanashi, Hamamatsu, Toyota
KH | Phnôm Pênh, Phnom Penh, Nông Pênh, Siem Reap, Xiêm Riệp, Bavet
KR | Seoul, Xơ-un, Busan, Pusan, Incheon, Daegu, Daejeon, Gwangju, Ulsan, Suwon, Ansan, Gyeonggi, Changwon, Gimhae, Cheonan, Cheongju, Jeju, Pohang, Geoje, Hwaseong, Pyeongtaek
LA | Viêng Chăn, Vientiane, Xavannakhet, Savannakhet, Pakse, Pắc Xế, Luang Prabang
LT | Vilnius
LV | Riga
MM | Yangon
MO | Taipa
MY | Kuala Lumpur, Penang, Johor, Johor Bahru, Selangor, Sarawak, Sabah, Malacca, Melaka
NL | Amsterdam, Rotterdam, Den Haag
NO | Oslo
NZ | Auckland, Wellington, Christchurch
PH | Manila
PL | Warsaw, Warszawa, Vác-sa-va, Krakow, Gdansk, Wroclaw, Poznan, Lodz
PT | Lisbon
QA | Doha
RO | Bucharest, Bu-ca-rét, Bucuresti
RS | Belgrade
RU | Moscow, Mát-xcơ-va, Matxcova, Moskva, Saint Petersburg, Xanh Pê-téc-bua, Vladivostok, Novosibirsk, Ekaterinburg, Kazan
SA | Riyadh, Jeddah, Dammam
SE | Stockholm
SK | Bratislava, Kosice
TH | Bangkok, Băng Cốc, Chiang Mai, Udon Thani, Nakhon Phanom, Phuket
TR | Istanbul, Ankara
TW | Đài Bắc, Taipei, Tân Bắc, New Taipei, Cao Hùng, Kaohsiung, Đài Trung, Taichung, Đài Nam, Tainan, Đào Viên, Taoyuan, Tân Trúc, Hsinchu, Chương Hóa, Changhua, Miêu Lật, Bình Đông, Hoa Liên, Nghi Lan, Cơ Long, Nam Đầu
UA | Kiev, Kyiv, Ki-ép, Kharkov, Kharkiv, Odessa
US | California, Texas, New York, Los Angeles, Houston, Washington, San Jose, Seattle, Chicago, Boston, Florida, Hawaii, Dallas, Atlanta, San Francisco
ZA | Johannesburg, Cape Town
"""

# for buttons, what we expect to be chosen most first: at home, then abroad
COMMON_AT_HOME = ("79", "75", "01", "24", "31", "80", "48", "25")
_ABROAD = "JP TW KR CN SG MY LA KH TH DE PL CZ HU RO RU SA AE AU US CA"
COMMON_ABROAD = tuple(_ABROAD.split())
