"""Every finding code: its severity, and what it says in Korean and English. The README's table is made from this one."""

from typing import NamedTuple


class CodeSpec(NamedTuple):
    """What a code says. Sentences may name parameters in braces; the fix may be empty."""

    severity: str
    ko: str
    en: str
    fix_ko: str = ""
    fix_en: str = ""


CODES: dict[str, CodeSpec] = {
    # ---- the file as a whole
    "FILE_NOT_A_CATALOGUE": CodeSpec("error", "{name}은(는) 읽을 수 있는 상품 파일이 아닙니다.", "{name} is not a catalogue file that can be read.", "XLSX 또는 CSV로 저장해 다시 올려 주세요.", "Save it as XLSX or CSV and upload it again."),
    "FILE_EMPTY": CodeSpec("error", "파일이 비어 있습니다.", "The file is empty.", "상품이 들어 있는 파일을 올려 주세요.", "Upload a file that holds products."),
    "FILE_NO_ROWS": CodeSpec("error", "머리글만 있고 상품 행이 없습니다.", "There is a header but no product row.", "머리글 아래에 상품을 적어 주세요.", "Write products below the header."),
    "FILE_HEADER_UNKNOWN": CodeSpec("error", "처음 30행에서 아는 양식의 머리글을 찾지 못했습니다.", "No known header was found in the first 30 rows.", "받은 양식의 머리글 행을 지우지 말고 올려 주세요.", "Keep the header row of the form you received."),
    "FILE_ENCODING_UNKNOWN": CodeSpec("error", "글자 인코딩을 알 수 없습니다({detail}).", "The text encoding is not recognised ({detail}).", "UTF-8 또는 CP949(EUC-KR)로 저장해 주세요.", "Save the file as UTF-8 or CP949 (EUC-KR)."),
    "FILE_TOO_LARGE": CodeSpec("error", "파일이 너무 큽니다({size}, 한도 {limit}).", "The file is too large ({size}, limit {limit}).", "파일을 나누어 올려 주세요.", "Split the file."),
    "FILE_XLS_OLD": CodeSpec("error", "옛 엑셀 형식(.xls)은 읽지 않습니다.", "The old Excel format (.xls) is not read.", "엑셀에서 '통합 문서(.xlsx)'로 저장해 주세요.", "Save it as .xlsx in Excel."),
    "FILE_ENCRYPTED": CodeSpec("error", "파일에 암호가 걸려 있습니다.", "The file is protected by a password.", "암호를 풀어 다시 저장해 주세요.", "Save it again without a password."),
    "FILE_QUOTE_OPEN": CodeSpec("error", "{row}행에서 열린 큰따옴표가 파일 끝까지 닫히지 않아 그 뒤의 상품을 읽을 수 없습니다.", "A quote opened in row {row} is never closed, so the products after it cannot be read.", "그 행의 큰따옴표를 고쳐 주세요.", "Correct the quotes in that row."),
    "FILE_JSON_INVALID": CodeSpec("error", "JSON 파일을 읽을 수 없습니다.", "The JSON file cannot be read.", "상품 개체의 목록, 또는 한 줄에 개체 하나(JSONL)로 저장해 주세요.", "Save it as a list of product objects, or one object per line (JSONL)."),
    "LIST_CODE_UNKNOWN": CodeSpec("warn", "목록의 상품코드 '{value}'은(는) 올린 적이 없는 상품입니다.", "The listed product code '{value}' was never uploaded.", "상품코드를 확인해 주세요.", "Check the product code."),
    "FILE_DAMAGED": CodeSpec("error", "파일이 손상되었거나 형식이 확장자와 다릅니다.", "The file is damaged, or not what its name says.", "원본 프로그램에서 다시 저장해 주세요.", "Save it again from the original program."),
    "ARCHIVE_UNSAFE": CodeSpec("error", "압축 파일을 열지 않았습니다: {reason}.", "The archive was not opened: {reason}.", "상품 파일 하나와 사진만 담아 다시 압축해 주세요.", "Pack one catalogue and its pictures only."),
    "ARCHIVE_NO_CATALOGUE": CodeSpec("error", "압축 파일 안에서 상품 파일을 하나만 찾아야 하는데 {count}개입니다.", "The archive must hold exactly one catalogue; it holds {count}.", "상품 파일 하나만 담아 주세요.", "Pack exactly one catalogue."),
    "SETTINGS_INVALID": CodeSpec("error", "설정 파일의 {where} 값이 올바르지 않습니다.", "The settings file has an invalid value at {where}.", "README의 설정 예시를 따라 주세요.", "Follow the settings example in the README."),
    "MARKET_UNKNOWN": CodeSpec("error", "'{market}'은(는) 알 수 없는 나라입니다. 가능: {known}.", "'{market}' is not a known market. Known: {known}.", "설정의 markets를 고쳐 주세요.", "Correct 'markets' in the settings."),
    # ---- one row
    "ROW_RAGGED": CodeSpec("warn", "이 행의 칸 수({found})가 머리글({expected})과 다릅니다.", "This row has {found} cells, the header {expected}.", "따옴표와 쉼표를 확인해 주세요.", "Check quotes and commas."),
    "SKU_MISSING": CodeSpec("error", "상품코드가 없습니다.", "The product code is missing.", "상품코드를 적어 주세요.", "Fill in the product code."),
    "SKU_INVALID": CodeSpec("error", "상품코드 '{value}'에 쓸 수 없는 글자가 있거나 너무 깁니다(50자).", "The product code '{value}' has characters that cannot be used or is over 50 characters.", "영문, 숫자, '-', '_', '.'만 써 주세요.", "Use letters, digits, '-', '_' and '.' only."),
    "SKU_DUPLICATE": CodeSpec("error", "상품코드 '{value}'가 {first}에도 있습니다.", "The product code '{value}' is also in {first}.", "둘 중 하나의 코드를 바꿔 주세요.", "Change one of the two codes."),
    "TITLE_MISSING": CodeSpec("error", "상품명이 없습니다.", "The product name is missing.", "상품명을 적어 주세요.", "Fill in the product name."),
    "PRICE_MISSING": CodeSpec("error", "판매가가 없습니다.", "The selling price is missing.", "판매가를 적어 주세요.", "Fill in the selling price."),
    "PRICE_PLACEHOLDER": CodeSpec("error", "판매가 {price}원은 임시 가격으로 보입니다.", "A selling price of KRW {price} looks like a placeholder.", "실제 판매가를 적어 주세요.", "Fill in the real selling price."),
    "PRICE_BELOW_COST": CodeSpec("error", "판매가 {price}원이 원가 {cost}원보다 낮습니다.", "The selling price KRW {price} is below the cost KRW {cost}.", "판매가나 원가를 확인해 주세요.", "Check the price or the cost."),
    "NUMBER_INVALID": CodeSpec("error", "'{value}'은(는) 숫자로 읽을 수 없습니다.", "'{value}' cannot be read as a number.", "숫자만 적어 주세요.", "Write digits only."),
    "VALUE_OUT_OF_RANGE": CodeSpec("error", "'{value}'은(는) 허용 범위({allowed})를 벗어납니다.", "'{value}' is outside the allowed range ({allowed}).", "값을 확인해 주세요.", "Check the value."),
    "WEIGHT_MISSING": CodeSpec("error", "무게가 없어 배송비와 가격을 계산할 수 없습니다.", "There is no weight, so freight and price cannot be computed.", "포장을 포함한 무게(g)를 적어 주세요.", "Fill in the weight with packaging, in grams."),
    "STOCK_MISSING": CodeSpec("warn", "재고가 없어 0개로 봅니다.", "There is no stock figure; 0 is assumed.", "재고 수량을 적어 주세요.", "Fill in the stock."),
    "NOT_ON_SALE": CodeSpec("info", "판매 또는 진열하지 않는 상품이라 재고를 0개로 봅니다.", "The product is not on sale or not displayed; 0 in stock is assumed.", "팔려면 진열·판매 상태를 바꿔 주세요.", "Change its display or sales status to sell it."),
    "VALUE_IGNORED": CodeSpec("warn", "'{value}'은(는) 쓸 수 없는 값({allowed})이라 비운 것으로 봅니다.", "'{value}' cannot be used ({allowed}) and is treated as blank.", "값을 확인해 주세요.", "Check the value."),
    "DESCRIPTION_CUT": CodeSpec("info", "설명이 {size}자라서 앞의 {limit}자만 씁니다.", "The description has {size} characters; only the first {limit} are used."),
    "CELL_TOO_LONG": CodeSpec("error", "칸의 글이 너무 깁니다({size}자, 한도 {limit}자).", "The cell is too long ({size} characters, limit {limit}).", "글을 줄여 주세요.", "Shorten the text."),
    "CELL_FORMULA_NO_VALUE": CodeSpec("error", "수식의 계산된 값이 저장되어 있지 않습니다.", "The formula has no stored value.", "엑셀에서 열어 저장한 뒤 다시 올려 주세요.", "Open and save it in Excel, then upload it again."),
    "CELL_NESTED": CodeSpec("error", "목록이나 묶음으로 된 값이라 읽지 못했습니다.", "The value is a list or an object and could not be read.", "글, 숫자, 글의 목록으로만 적어 주세요.", "Write text, numbers or a list of texts only."),
    "ROW_UNREADABLE": CodeSpec("error", "이 줄을 읽을 수 없습니다.", "This line cannot be read.", "한 줄에 JSON 개체 하나를 적어 주세요.", "Write one JSON object per line."),
    "PRICE_CURRENCY_NOT_KRW": CodeSpec("error", "가격이 원화가 아닙니다({currency}). 원화로 여기지 않았습니다.", "The price is not in won ({currency}); it was not taken for won.", "원화 판매가를 적거나 원화 가격 칸을 함께 내보내 주세요.", "Write the selling price in KRW, or export a KRW price column too."),
    "PRICE_CURRENCY_ASSUMED": CodeSpec("warn", "가격의 통화가 적혀 있지 않아 원화로 보았습니다.", "The price states no currency; won is assumed.", "원화가 맞는지 확인해 주세요.", "Check that it is in KRW."),
    "PRODUCT_ROWS_APART": CodeSpec("error", "상품 '{value}'의 행이 {first}부터 있었는데 떨어져 다시 나옵니다.", "Rows of the product '{value}' began at {first} and come again apart from them.", "같은 상품의 행을 붙여 주세요.", "Put the rows of one product together."),
    "PRODUCT_PARENT_MISSING": CodeSpec("error", "이 행이 속한 상품 '{parent}'의 행을 찾지 못했습니다.", "The row of the product '{parent}', which this row belongs to, was not found.", "상품 행을 함께 내보내 주세요.", "Export the product's own row too."),
    "PRODUCT_TYPE_UNREAD": CodeSpec("error", "'{value}' 유형은 그 자체로 팔리는 상품이 아니라 읽지 않습니다.", "The type '{value}' is no goods sold by themselves and is not read.", "낱개 상품으로 적어 주세요.", "List it as a simple product."),
    "OPTION_UNREADABLE": CodeSpec("error", "옵션 '{value}'을(를) 이해하지 못했습니다.", "The option '{value}' could not be understood.", "양식의 옵션 예시를 따라 주세요.", "Follow the form's option example."),
    "OPTION_TOO_MANY": CodeSpec("error", "옵션 조합이 {count}개로 한도({limit}개)를 넘습니다.", "The options make {count} combinations, over the limit of {limit}.", "상품을 나누어 주세요.", "Split the product."),
    "TITLE_EN_CONTRADICTS": CodeSpec("warn", "영문 상품명의 수량({found})이 한글 상품명({expected})과 다릅니다. 영문명은 쓰지 않았습니다.", "The English name states {found}, the Korean one {expected}; the English name was not used.", "영문 상품명을 확인해 주세요.", "Check the English name."),
    # ---- what contradicts itself in the seller's file
    "WEIGHT_CONTRADICTS_NAME": CodeSpec("warn", "적어 주신 무게 {declared} g이 상품명의 {named}와(과) 맞지 않습니다.", "The declared weight of {declared} g does not fit the {named} in the name.", "무게 칸과 상품명 중 틀린 쪽을 고쳐 주세요.", "Correct the weight or the name."),
    "WEIGHT_ABSURD": CodeSpec("warn", "무게 {declared} g은 택배로 보내는 상품으로 보기 어렵습니다.", "A weight of {declared} g is hardly that of a parcel.", "단위(g, kg)를 확인해 주세요.", "Check the unit (g, kg)."),
    "NAME_EN_CONTRADICTS": CodeSpec("warn", "영문 상품명의 수량({found})이 한글 상품명({expected})과 다릅니다. 영문명은 쓰지 않습니다.", "The English name states {found}, the Korean one {expected}; the English name is not used.", "영문 상품명을 확인해 주세요.", "Check the English name."),
    "NAME_EN_DROPS_QUANTITY": CodeSpec("info", "영문 상품명에 한글 상품명의 수량({missing})이 빠져 있습니다.", "The English name leaves out what the Korean one states: {missing}.", "영문 상품명에 수량을 더해 주세요.", "Add the quantity to the English name."),
    "NAME_EN_MISORDERED_BLOCK": CodeSpec("warn", "영문 상품명 {first}~{last}이(가) 서로 다른 행에 붙어 있습니다. 이 영문명은 쓰지 않습니다.", "The English names in {first} to {last} stand in the wrong rows; this one is not used.", "{first}~{last}의 영문 상품명을 다시 붙여 넣어 주세요.", "Paste the English names of {first} to {last} again."),
    "PACK_PRICE_INVERTED": CodeSpec("warn", "큰 묶음 '{bigger}'({bigger_price}원)이 작은 묶음 '{smaller}'({smaller_price}원)보다 쌉니다.", "The bigger pack '{bigger}' (KRW {bigger_price}) costs less than the smaller '{smaller}' (KRW {smaller_price}).", "두 가격을 확인해 주세요.", "Check both prices."),
    "NOT_OURS_TO_EXPORT": CodeSpec("error", "'{word}' 상품이라 해외로 되팔 수 없습니다.", "The goods are marked '{word}' and may not be resold abroad.", "직접 수출할 수 있는 상품이면 이 표시를 지워 주세요.", "Remove the mark if the goods are yours to export."),
    "BRAND_FROM_BRACKET": CodeSpec("info", "브랜드 칸이 비어 있어 상품명 앞의 [{brand}]을(를) 브랜드로 봅니다.", "The brand is blank; [{brand}] at the start of the name looks like it.", "맞으면 브랜드 칸에 '{brand}'을(를) 적어 주세요.", "If so, write '{brand}' into the brand column."),
    "EXPIRY_SHORT": CodeSpec("warn", "소비기한({stated})이 짧습니다. 배송 {transit}일과 구매자의 사용 기간 {left}일이 필요합니다.", "The shelf life ({stated}) is short: {transit} days of transit and {left} days for the buyer are needed.", "소비기한이 넉넉한 상품만 보내 주세요.", "Send goods with enough shelf life only."),
    "CERTIFICATE_KOREA_ONLY": CodeSpec("info", "'{certificate}'은(는) 한국에서만 통하는 인증입니다.", "'{certificate}' is a certificate for Korea only.", "나라별로 필요한 인증을 확인해 주세요.", "Check which certificate each market asks for."),
    "PRODUCT_DUPLICATE_NAME": CodeSpec("warn", "이름과 옵션이 같은 상품이 다른 코드로 {first}에도 있습니다.", "A product with the same name and options is also in {first}, under another code.", "같은 상품이면 하나만 남겨 주세요.", "If they are the same product, keep one."),
    "PRODUCT_WITHDRAWN": CodeSpec("info", "{reason_ko}라서 모든 나라에서 내렸습니다.", "Withdrawn in every market: {reason_en}.", "다시 팔려면 재고나 판매 상태를 바꿔 올려 주세요.", "Change its stock or status to sell it again."),
    "PRODUCT_STAYS_WITHDRAWN": CodeSpec("warn", "내린 상품입니다. 내리기 전과 같은 내용이라 실수로 다시 올린 파일로 보고 그대로 둡니다.", "The product is withdrawn; the row is the same as before that, so it looks like an old file and the product stays withdrawn.", "다시 팔려면 재고를 새로 적거나 restore 시트에 상품코드를 적어 주세요.", "To sell it again, give a new stock figure or list its code in a 'restore' sheet."),
    # ---- text
    "PROMO_REMOVED": CodeSpec("info", "해외에서는 쓰지 않는 홍보 문구를 뺐습니다: {phrases}.", "Promotion phrases that do not hold abroad were removed: {phrases}."),
    "TEXT_COVERAGE_LOW": CodeSpec("error", "{locale} 상품명을 믿을 만하게 옮기지 못했습니다({coverage} %). 모르는 말: {unknown}.", "The title could not be translated reliably into {locale} ({coverage} %). Unknown words: {unknown}.", "용어집에 말을 더하거나 번역을 직접 적어 주세요.", "Add the words to the termbase, or write the translation yourself."),
    "TEXT_COVERAGE_PARTIAL": CodeSpec("warn", "{locale} 상품명의 일부({unknown})를 확인해 주세요({coverage} %).", "Part of the {locale} title ({unknown}) needs a look ({coverage} %).", "번역을 확인해 주세요.", "Check the translation."),
    "TEXT_HEAD_UNKNOWN": CodeSpec("error", "{locale}: 무슨 상품인지 알 수 있는 말을 찾지 못했습니다.", "{locale}: no word was found that says what the product is.", "상품명에 품목 이름을 넣어 주세요.", "Put the kind of product into the name."),
    "TEXT_HANGUL_LEFT": CodeSpec("error", "{locale} 글에 한글이 남았습니다: {text}.", "Hangul is left in the {locale} text: {text}."),
    "TEXT_FACT_CHANGED": CodeSpec("error", "{locale} 상품명의 숫자·단위가 원문과 다릅니다({detail}).", "Numbers or units of the {locale} title differ from the source ({detail})."),
    "TEXT_CODE_MISSING": CodeSpec("error", "{locale} 상품명에 모델명 {codes}이(가) 빠졌습니다.", "The {locale} title misses the model code {codes}."),
    "TEXT_BRAND_MISSING": CodeSpec("error", "{locale} 상품명에 브랜드 {brand}이(가) 빠졌습니다.", "The {locale} title misses the brand {brand}."),
    "TEXT_BRAND_ROMANISED": CodeSpec("warn", "브랜드 '{brand}'의 영문 표기를 몰라 소리대로 적었습니다({romanised}).", "The Latin spelling of the brand '{brand}' is unknown; it was romanised ({romanised}).", "브랜드의 영문 표기를 알려 주세요.", "Tell us the brand's Latin spelling."),
    "TEXT_TOO_LONG": CodeSpec("error", "{locale} 상품명이 한도({limit})를 넘습니다.", "The {locale} title is over the limit ({limit})."),
    "TEXT_TOO_SHORT": CodeSpec("info", "{locale} 상품명이 {minimum}자보다 짧습니다.", "The {locale} title is shorter than {minimum} characters."),
    "TEXT_WORD_BANNED": CodeSpec("error", "{locale} 상품명에 쓸 수 없는 말이 있습니다: {word}.", "The {locale} title holds a word that may not be used: {word}."),
    "TEXT_SHORTENED": CodeSpec("info", "{locale} 상품명을 한도({limit})에 맞추려고 뺐습니다: {dropped}.", "The {locale} title was shortened to the limit ({limit}); left out: {dropped}."),
    "TEXT_CHECK_FAILED": CodeSpec("warn", "{locale} 상품명의 모양을 확인해 주세요({issues}).", "The form of the {locale} title needs a look ({issues}).", "번역을 확인해 주세요.", "Check the translation."),
    "TEXT_TITLE_FROM_SELLER": CodeSpec("warn", "{locale} 상품명은 적어 주신 영문 상품명입니다. 옮기지 못한 말: {unknown}.", "The {locale} title is the English name you gave; words that could not be translated: {unknown}.", "영문 상품명을 확인해 주세요.", "Check the English name."),
    "TEXT_DESCRIPTION_FACTS_ONLY": CodeSpec("info", "설명 문장은 번역기 없이 옮기지 않습니다. 확인된 정보만 표로 실었습니다.", "Sentences of the description are not translated without a provider; only checked facts are listed."),
    "OPTION_SIZE_UNKNOWN": CodeSpec("warn", "{locale}: 사이즈 '{value}'이(가) 해외의 어느 사이즈인지 확실하지 않아 그대로 두었습니다.", "{locale}: it is not certain which size abroad '{value}' is, so it was left as it is.", "S/M/L 또는 mm로 적거나 성별을 상품명에 적어 주세요.", "Write S/M/L or mm, or say in the title whom it is for."),
    "OPTION_UNTRANSLATED": CodeSpec("warn", "{locale}: 옵션 '{value}'을(를) 옮기지 못했습니다.", "{locale}: the option '{value}' could not be translated.", "옵션 이름을 확인해 주세요.", "Check the option."),
    # ---- price
    "PRICE_INFEASIBLE": CodeSpec("error", "{market}: 수수료와 세금을 더하면 팔 수 있는 가격이 없습니다({reason_ko}).", "{market}: no price covers fees and taxes ({reason})."),
    "PRICE_BELOW_FLOOR": CodeSpec("error", "{market}: 가격이 최저 이익({floor}원)에 못 미칩니다.", "{market}: the price leaves less than the floor (KRW {floor})."),
    "PRICE_RULE_MISSING": CodeSpec("error", "{market}: {day}에 적용할 규정({rule})이 없어 가격을 만들지 않았습니다.", "{market}: there is no rule ({rule}) for {day}, so no price was made."),
    "COST_MISSING": CodeSpec("error", "원가가 없어 '원가 + 마진' 방식으로 가격을 만들 수 없습니다.", "There is no cost, so no price can be made from cost and margin.", "원가를 적거나 설정의 price_mode를 바꿔 주세요.", "Fill in the cost, or change 'price_mode' in the settings."),
    "PRICE_RULE_UNVERIFIED": CodeSpec("info", "{market}: 확인되지 않은 규정({rules})으로 계산했습니다.", "{market}: the price rests on unverified rules ({rules})."),
    "PRICE_FEES_ASSUMED": CodeSpec("info", "{market}: 계약 수수료가 없어 예시 수수료로 계산했습니다.", "{market}: no contract fees are known; example fees were used.", "설정에 계약 수수료를 적어 주세요.", "Put your contract fees into the settings."),
    "PRICE_NEAR_THRESHOLD": CodeSpec("info", "{market}: 세금 기준선({threshold}) 가까이의 가격입니다.", "{market}: the price is near a tax threshold ({threshold})."),
    "PRICE_WEIGHT_OUT_OF_BAND": CodeSpec("error", "{market}: {weight} g은 배송 가능한 무게({limit} g)를 넘습니다.", "{market}: {weight} g is over the weight that can be shipped ({limit} g)."),
    "FX_MISSING": CodeSpec("error", "{market}: {currency} 환율이 없어 가격을 만들지 않았습니다.", "{market}: there is no {currency} rate, so no price was made."),
    "FX_STALE": CodeSpec("error", "{market}: {currency} 환율이 {as_of} 이후 갱신되지 않았습니다.", "{market}: the {currency} rate has not been refreshed since {as_of}."),
    "FX_QUARANTINED": CodeSpec("warn", "{currency} 환율이 하루에 {move} % 움직여 확인될 때까지 쓰지 않습니다.", "The {currency} rate moved {move} % at once; it is not used until confirmed."),
    "FX_FILE_INVALID": CodeSpec("error", "환율 파일을 쓸 수 없습니다: {reason_ko}.", "The rate file cannot be used: {reason}."),
    # ---- pictures
    "PICTURE_MISSING": CodeSpec("error", "사진이 하나도 없습니다.", "There is no picture.", "대표 사진을 넣어 주세요.", "Add a main picture."),
    "PICTURE_INLINE": CodeSpec("info", "설명 안에 파일로 들어 있는 사진 {count}장은 쓰지 않았습니다.", "{count} pictures written into the description itself were not used.", "사진을 파일이나 주소로 올려 주세요.", "Give the pictures as files or addresses."),
    "PICTURE_NOT_FOUND": CodeSpec("error", "사진 '{ref}'을(를) 찾지 못했습니다.", "The picture '{ref}' was not found.", "사진을 상품 파일과 같은 폴더에 올려 주세요.", "Upload the picture beside the catalogue."),
    "PICTURE_NOT_AN_IMAGE": CodeSpec("error", "'{ref}'은(는) JPEG, PNG, WebP 사진이 아닙니다.", "'{ref}' is not a JPEG, PNG or WebP picture.", "사진을 JPEG로 다시 저장해 주세요.", "Save the picture as JPEG."),
    "PICTURE_DAMAGED": CodeSpec("error", "사진 '{ref}'이(가) 손상되었습니다.", "The picture '{ref}' is damaged.", "사진을 다시 저장해 주세요.", "Save the picture again."),
    "PICTURE_TOO_SMALL": CodeSpec("error", "사진이 {width}x{height}로, {min_width}x{min_height}보다 작습니다.", "The picture is {width}x{height}, smaller than {min_width}x{min_height}.", "더 큰 원본 사진으로 바꿔 주세요.", "Use a larger original."),
    "PICTURE_TOO_LARGE": CodeSpec("error", "사진 '{ref}'이(가) 너무 큽니다({reason}).", "The picture '{ref}' is too large ({reason}).", "사진 크기를 줄여 주세요.", "Reduce the picture."),
    "PICTURE_URL_REFUSED": CodeSpec("error", "사진 주소 '{ref}'은(는) 가져올 수 없습니다: {reason}.", "The picture address '{ref}' is refused: {reason}.", "공개된 https 주소나 파일을 써 주세요.", "Use a public https address or a file."),
    "PICTURE_SKIPPED": CodeSpec("info", "사진 {count}장은 마켓 한도({limit}장)를 넘어 빼었습니다.", "{count} pictures over the channel's limit of {limit} were left out."),
    "PICTURE_LEFT_OUT": CodeSpec("info", "추가 사진 '{ref}'을(를) 빼고 보냅니다: {reason_ko}", "The extra picture '{ref}' is left out: {reason_en}", "사진을 고치면 함께 보냅니다.", "It goes out too once it is corrected."),
    # ---- screening
    "GOODS_PROHIBITED": CodeSpec("error", "{market}: {goods_ko}은(는) 팔 수 없습니다({rule}).", "{market}: {goods_en} may not be sold ({rule}).", "이 나라에서는 빼 주세요.", "Leave this market out."),
    "GOODS_RESTRICTED": CodeSpec("warn", "{market}: {goods_ko}은(는) 허가나 서류가 필요할 수 있습니다({rule}).", "{market}: {goods_en} may need a permit or papers ({rule}).", "준비할 것: {papers_ko}.", "Needed: {papers_en}."),
    "GOODS_NOTICE": CodeSpec("info", "{market}: {goods_ko}은(는) 신고나 표시 대상일 수 있습니다({rule}).", "{market}: {goods_en} may have to be notified or labelled ({rule}).", "확인할 것: {papers_ko}.", "Check: {papers_en}."),
    "GOODS_ADULT_ONLY": CodeSpec("error", "청소년 구매 불가 상품은 해외로 보내지 않습니다.", "Goods that minors may not buy are not sent abroad."),
    # ---- channel
    "CHANNEL_REJECTED": CodeSpec("error", "{market}: 마켓이 거절했습니다({reason}).", "{market}: the marketplace refused it ({reason})."),
    "MARKET_BLOCKED_BY_STEP": CodeSpec("error", "{market}: {step} 결과를 기다리지 못했습니다.", "{market}: the result of {step} is missing."),
}
"""Code -> what it says. Codes are stable: a seller's note or an operator's alarm may name them."""
