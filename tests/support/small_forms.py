"""The forms of the small test termbase in the nine locales that have files of their own."""

from onestop.domain.text.words import Form

_NAMES = (
    "tshirt socks toner ampoule fan chair ramen lid pot pad case container oversized short ankle calming moisture mini foldable camping "
    "light portable wireless clear waterproof cotton purecotton steel women baby dog large black white microwave iphone pro typec"
)
_IDS = _NAMES.split()

_INVARIABLE = {
    "ja": (
        "Tシャツ:枚 靴下:足 化粧水:本 アンプル:本 扇風機:台 チェア:脚 ラーメン:袋 フタ:個 鍋:個 ペットシーツ:枚 ケース:個 密閉容器:個 オーバーサイズ 半袖 "
        "アンクル 鎮静 うるおい ミニ 折りたたみ キャンプ 軽量 携帯用 ワイヤレス クリア 防水 コットン ピュアコットン ステンレス レディース ベビー 犬用 大判 "
        "ブラック ホワイト 電子レンジ iPhone Pro Type-C"
    ),
    "zh-Hans": (
        "T恤:件 袜子:双 爽肤水:瓶 安瓶:瓶 风扇:台 椅:把 方便面:包 盖:个 锅:个 尿垫:片 手机壳:个 密封盒:个 宽松 短袖 短筒 镇静 水润 迷你 折叠 露营 轻量 便携 "
        "无线 透明 防水 纯棉 全棉 不锈钢 女士 宝宝 狗狗 大号 黑色 白色 微波炉 iPhone Pro Type-C"
    ),
    "zh-Hant": (
        "T恤:件 襪子:雙 化妝水:瓶 安瓶:瓶 電風扇:台 椅:張 泡麵:包 蓋:個 鍋:個 尿墊:片 手機殼:個 密封盒:個 寬版 短袖 短筒 鎮靜 水潤 迷你 摺疊 露營 輕量 攜帶式 "
        "無線 透明 防水 棉質 純棉 不鏽鋼 女款 寶寶 狗狗 大號 黑色 白色 微波爐 iPhone Pro Type-C"
    ),
    "id": (
        "kaos kaus_kaki toner ampoule kipas_angin kursi ramyeon tutup panci alas_pipis casing wadah_kedap_udara oversize lengan_pendek pendek "
        "calming melembapkan mini lipat camping ringan portabel wireless bening tahan_air katun katun_murni stainless_steel wanita bayi anjing "
        "ukuran_besar hitam putih microwave iPhone Pro Type-C"
    ),
    "ms": (
        "baju-T stoking toner ampoule kipas kerusi ramyeon penutup periuk alas_kencing sarung bekas_kedap_udara oversized lengan_pendek pendek "
        "menenangkan melembapkan mini boleh_lipat perkhemahan ringan mudah_alih tanpa_wayar lut_sinar kalis_air kapas kapas_tulen keluli_tahan_karat "
        "wanita bayi anjing saiz_besar hitam putih ketuhar_gelombang_mikro iPhone Pro Type-C"
    ),
    "tr": (
        "tişört/tişörtü çorap/çorabı tonik/toniği ampul/ampulü vantilatör/vantilatörü sandalye/sandalyesi ramyeon/ramyeonu kapak/kapağı "
        "tencere/tenceresi çiş_pedi/çiş_pedi kılıf/kılıfı saklama_kabı/saklama_kabı oversize kısa_kollu bilek yatıştırıcı nemlendirici mini katlanır "
        "kamp hafif taşınabilir kablosuz şeffaf su_geçirmez pamuklu saf_pamuklu paslanmaz_çelik kadın bebek köpek büyük_boy siyah beyaz mikrodalga "
        "iPhone Pro Type-C"
    ),
}

# A noun as singular/plural/gender, an adjective as its four forms, a phrase alone.
_AGREEING = {
    "es": (
        "camiseta/camisetas/f calcetín/calcetines/m tónico/tónicos/m ampolla/ampollas/f ventilador/ventiladores/m silla/sillas/f "
        "ramyeon/ramyeon/m tapa/tapas/f olla/ollas/f empapador/empapadores/m funda/fundas/f recipiente_hermético/recipientes_herméticos/m "
        "oversize de_manga_corta tobillero/tobilleros/tobillera/tobilleras calmante/calmantes/calmante/calmantes "
        "hidratante/hidratantes/hidratante/hidratantes mini plegable/plegables/plegable/plegables de_camping ligero/ligeros/ligera/ligeras "
        "portátil/portátiles/portátil/portátiles inalámbrico/inalámbricos/inalámbrica/inalámbricas transparente/transparentes/transparente/transparentes "
        "impermeable/impermeables/impermeable/impermeables de_algodón de_algodón_puro de_acero_inoxidable para_mujer para_bebé para_perros "
        "grande/grandes/grande/grandes negro/negros/negra/negras blanco/blancos/blanca/blancas microondas/microondas/m iPhone Pro Type-C"
    ),
    "pt-PT": (
        "t-shirt/t-shirts/f meia/meias/f tónico/tónicos/m ampola/ampolas/f ventoinha/ventoinhas/f cadeira/cadeiras/f ramyeon/ramyeon/m "
        "tampa/tampas/f panela/panelas/f resguardo/resguardos/m capa/capas/f recipiente_hermético/recipientes_herméticos/m oversize "
        "de_manga_curta de_tornozelo calmante/calmantes/calmante/calmantes hidratante/hidratantes/hidratante/hidratantes mini "
        "dobrável/dobráveis/dobrável/dobráveis de_campismo leve/leves/leve/leves portátil/portáteis/portátil/portáteis sem_fios "
        "transparente/transparentes/transparente/transparentes impermeável/impermeáveis/impermeável/impermeáveis de_algodão de_algodão_puro "
        "de_aço_inoxidável para_senhora para_bebé para_cães grande/grandes/grande/grandes preto/pretos/preta/pretas "
        "branco/brancos/branca/brancas micro-ondas/micro-ondas/m iPhone Pro Type-C"
    ),
    "pt-BR": (
        "camiseta/camisetas/f meia/meias/f tônico/tônicos/m ampola/ampolas/f ventilador/ventiladores/m cadeira/cadeiras/f lámen/lámens/m "
        "tampa/tampas/f panela/panelas/f tapete_higiênico/tapetes_higiênicos/m capa/capas/f pote_hermético/potes_herméticos/m oversized "
        "de_manga_curta de_cano_curto calmante/calmantes/calmante/calmantes hidratante/hidratantes/hidratante/hidratantes mini "
        "dobrável/dobráveis/dobrável/dobráveis de_camping leve/leves/leve/leves portátil/portáteis/portátil/portáteis sem_fio "
        "transparente/transparentes/transparente/transparentes impermeável/impermeáveis/impermeável/impermeáveis de_algodão de_algodão_puro "
        "de_aço_inox feminino/femininos/feminina/femininas para_bebê para_cães grande/grandes/grande/grandes preto/pretos/preta/pretas "
        "branco/brancos/branca/brancas micro-ondas/micro-ondas/m iPhone Pro Type-C"
    ),
}


def _invariable(cell: str) -> Form:
    text, _, counter = cell.replace("_", " ").partition(":")
    text, _, possessed = text.partition("/")
    return Form(text, counter=counter, possessed=possessed)


def _agreeing(cell: str) -> Form:
    parts = cell.replace("_", " ").split("/")
    if len(parts) == 3:
        return Form(parts[0], plural=parts[1], gender=parts[2])
    return Form(parts[0], plural=parts[1], feminine=parts[2], feminine_plural=parts[3]) if len(parts) == 4 else Form(parts[0])


def small_forms(locale: str) -> dict[str, Form]:
    """Term id -> form in a locale; empty for one that has none here."""
    if locale in _INVARIABLE:
        return dict(zip(_IDS, map(_invariable, _INVARIABLE[locale].split()), strict=True))
    if locale in _AGREEING:
        return dict(zip(_IDS, map(_agreeing, _AGREEING[locale].split()), strict=True))
    return {}
