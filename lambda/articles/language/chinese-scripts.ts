/** Frequent characters in pairs: the simplified one, then its traditional form. Either shows which script a text uses. */
const PAIRS =
  "这這国國个個们們时時来來说說为為会會对對学學发發经經过過还還进進动動现現实實开開关關长長问問间間无無样樣见見应應没沒头頭种種从從车車东東业業产產书書员員体體两兩当當给給电電话話机機气氣点點边邊写寫认認识識让讓觉覺记記论論设設计計议議证證评評语語读讀调調谈談请請诉訴试試许許讲講总總战戰处處变變带帶务務联聯报報场場权權导導将將专專义義万萬与與亚亞华華单單卖賣买買历歷压壓县縣参參双雙号號团團图圖园園围圍圆圓声聲备備复復够夠奖獎妇婦宁寧宝寶审審宪憲层層岁歲师師帮幫库庫庆慶广廣张張强強归歸录錄态態忆憶怀懷恶惡惊驚户戶执執扩擴担擔据據拥擁择擇拨撥挥揮损損换換摆擺数數断斷旧舊显顯晓曉术術条條极極构構标標树樹桥橋检檢楼樓欢歡欧歐毁毀汉漢汇匯决決济濟浏瀏满滿灾災热熱爱愛牺犧独獨猪豬环環疗療监監盖蓋盘盤矿礦码碼确確离離积積称稱稳穩笔筆纪紀约約级級纯純纳納纷紛纸紙线線练練组組细細终終结結绝絕统統继繼续續维維综綜绿綠网網罗羅职職脑腦脱脫舰艦节節药藥获獲营營虑慮补補规規视視览覽订訂训訓贝貝负負财財责責败敗货貨质質购購贵貴费費资資赛賽赶趕跃躍转轉轮輪软軟轻輕载載较較辆輛辑輯输輸达達迁遷运運远遠连連迟遲适適选選递遞逻邏遗遺邮郵邻鄰郑鄭释釋钟鐘钢鋼钱錢铁鐵银銀链鏈错錯镇鎮门門闭閉闻聞阳陽阴陰队隊阶階际際陆陸陈陳险險难難雾霧须須项項顺順预預领領频頻题題颜顏额額风風飞飛饭飯馆館马馬驻駐验驗鱼魚鲜鮮龙龍";

const letters = [...PAIRS];

/** Characters that only simplified Chinese has. */
export const SIMPLIFIED = new RegExp(`[${letters.filter((_, index) => index % 2 === 0).join("")}]`, "g");
/** Characters that only traditional Chinese has (some of them Japanese too, which kana tells apart). */
export const TRADITIONAL = new RegExp(`[${letters.filter((_, index) => index % 2 === 1).join("")}]`, "g");
